"""A running arena and a real browser for the tests of the web app.

NEURONARENA_URL names an arena that runs already; otherwise `$NEURONARENA_BIN serve` (by default the
debug build) is started on a free port with a data folder of its own; NEURONARENA_SERVE_ARGS adds
flags, such as `--campaign FILE`.
"""

import contextlib
import os
import pathlib
import queue
import re
import shlex
import subprocess
import threading
import time

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 120
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def wait_for_address(process: subprocess.Popen) -> str:
    """The address that the server prints once it is ready."""
    lines: queue.Queue = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    seen = []
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            line = lines.get(timeout=0.5)
        except queue.Empty:
            continue
        if line is None:
            break
        seen.append(line)
        match = re.search(r"Open (http://\S+)", line)
        if match:
            return match.group(1).rstrip("/") + "/"
    process.terminate()
    pytest.fail("The server did not say where it is open:\n" + "".join(seen[-40:]))


def binary() -> str:
    """The program."""
    return os.environ.get("NEURONARENA_BIN", str(ROOT / ".build/debug/neuronarena"))


@contextlib.contextmanager
def arena_of(data, *arguments):
    """The address of an arena that runs for a while."""
    process = subprocess.Popen(
        [binary(), "serve", "--port", "0", "--data", str(data), *map(str, arguments)], cwd=ROOT,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield wait_for_address(process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def arena(tmp_path_factory):
    """The address of a running arena."""
    running = os.environ.get("NEURONARENA_URL")
    if running:
        yield running.rstrip("/") + "/"
        return
    arguments = shlex.split(os.environ.get("NEURONARENA_SERVE_ARGS", ""))
    with arena_of(tmp_path_factory.mktemp("arena"), *arguments) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    if not pathlib.Path(CHROMIUM).exists():
        pytest.fail(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM")
    with playwright_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


class Person:
    """Somebody with a browser profile of their own, whose troubles are written down."""

    def __init__(self, browser, arena: str, name: str, **options):
        self.name = name
        self.arena = arena
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.troubles: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console: {message.text}")

    def _failed(self, request) -> None:
        # A reload cuts what was on its way; that is no fault of the page.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.troubles.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")

    def open(self, path: str = "") -> None:
        self.page.goto(self.arena + path)

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def person(browser, arena):
    """Makes people; at the end none of them may have met an error."""
    people: list[Person] = []

    def make(name: str, **options) -> Person:
        people.append(Person(browser, arena, name, **options))
        return people[-1]

    yield make
    troubles = [f"{one.name}: {trouble}" for one in people for trouble in one.troubles]
    for one in people:
        one.close()
    assert troubles == []
