# shellcheck shell=bash
# Sourced by the scripts beside it: how they speak, stop, and install what is missing.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1

# What the program needs on a disk for a build from scratch, in kilobytes.
BUILD_KILOBYTES=3000000
# The oldest toolchain that builds it.
SWIFT_MAJOR=6
SWIFT_MINOR=3

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# One sentence that says what is wrong and what to do.
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages; does nothing without any.
install_packages() {
  [ $# -gt 0 ] || return 0
  has apt-get || fail "These are missing: $*. Install them with your system's package manager, then run make again."
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "These packages are missing: $*. Run 'apt-get install $*' as root, then run make again."
    sudo=(sudo)
  fi
  say "Installing $* (${sudo[*]:+sudo }apt-get install)"
  local options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300)
  # A machine that is new has no lists of packages, and old lists name files that are gone.
  "${sudo[@]}" apt-get update -q || say "apt-get update failed; trying with the lists that are here"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "$@" ||
    fail "Could not install $*: check the network and the lines above, or install them by hand, then run make again."
}

# Prints the packages, of those that building needs, whose files are not here.
missing_build_packages() {
  local header
  # Debian keeps some in a folder of the architecture. Other subfolders hold other programs' copies.
  find_header() {
    compgen -G "/usr/include/$1" >/dev/null || compgen -G "/usr/include/*-linux-*/$1" >/dev/null ||
      compgen -G "/usr/local/include/$1" >/dev/null
  }
  for header in openssl/ssl.h:libssl-dev sqlite3.h:libsqlite3-dev zlib.h:zlib1g-dev; do
    find_header "${header%%:*}" || echo "${header##*:}"
  done
  has git || echo git ca-certificates
  has python3 || echo python3
  python3 -m pip --version >/dev/null 2>&1 || echo python3-pip
}

require_build_packages() {
  local packages
  mapfile -t packages < <(missing_build_packages | tr ' ' '\n')
  install_packages "${packages[@]}"
}

# Leaves the toolchain's version in SWIFT_VERSION.
require_swift() {
  local way_out="install Swift $SWIFT_MAJOR.$SWIFT_MINOR or later from https://www.swift.org/install/linux/ and put its usr/bin on the PATH, then run make again."
  has swift || fail "There is no Swift toolchain here: $way_out"
  local text major minor
  text=$(swift --version 2>&1) || fail "The Swift toolchain at $(command -v swift) does not run ($(printf '%s' "$text" | head -n 1)): $way_out"
  SWIFT_VERSION=$(sed -n 's/.*Swift version \([0-9][0-9.]*[0-9]\).*/\1/p' <<<"$text" | head -n 1)
  [ -n "$SWIFT_VERSION" ] || fail "The swift at $(command -v swift) is not the language's toolchain: $way_out"
  IFS=. read -r major minor _ <<<"$SWIFT_VERSION.0"
  if [ "$major" -lt "$SWIFT_MAJOR" ] || { [ "$major" -eq "$SWIFT_MAJOR" ] && [ "$minor" -lt "$SWIFT_MINOR" ]; }; then
    fail "Swift $SWIFT_VERSION at $(command -v swift) is too old: $way_out"
  fi
}

# Building from scratch needs space; building again needs next to none.
require_space() {
  [ -d .build/checkouts ] && [ -e .build/release/neuronarena ] && return 0
  local free
  free=$(df -Pk . | awk 'NR == 2 { print $4 }')
  if [ "$free" -lt "$BUILD_KILOBYTES" ]; then
    fail "Building needs about 3 GB of free space and $ROOT has $((free / 1000)) MB: free some, or clone to a larger disk."
  fi
}

# Runs a swift command that may have to fetch packages; tells a missing network from a broken build.
swift_or_explain() {
  swift "$@" && return 0
  local status=$? name
  for name in swift-argument-parser swift-collections swift-log; do
    [ -d ".build/checkouts/$name" ] ||
      fail "Could not fetch the Swift package $name from GitHub: check the network (or the proxy that git is set to) and run make again."
  done
  return "$status"
}
