#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static inline int result(int value) { return value < 0 ? -errno : value; }

// ---- addresses ------------------------------------------------------------------------------

static const uint8_t mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static socklen_t to_socket_address(const struct ca_address *address, struct sockaddr_storage *out) {
  memset(out, 0, sizeof *out);
  if (address->is_ipv4) {
    struct sockaddr_in *v4 = (struct sockaddr_in *)out;
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address->port);
    memcpy(&v4->sin_addr, address->bytes + 12, 4);
    return sizeof *v4;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(address->port);
  memcpy(&v6->sin6_addr, address->bytes, 16);
  return sizeof *v6;
}

static void from_socket_address(const struct sockaddr_storage *in, struct ca_address *address) {
  memset(address, 0, sizeof *address);
  if (in->ss_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)in;
    memcpy(address->bytes, mapped_prefix, 12);
    memcpy(address->bytes + 12, &v4->sin_addr, 4);
    address->port = ntohs(v4->sin_port);
    address->is_ipv4 = 1;
  } else if (in->ss_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)in;
    memcpy(address->bytes, &v6->sin6_addr, 16);
    address->port = ntohs(v6->sin6_port);
    // A dual-stack listener reports IPv4 peers as mapped; they count as IPv4.
    address->is_ipv4 = memcmp(address->bytes, mapped_prefix, 12) == 0;
  } else if (in->ss_family == AF_UNIX) {
    address->is_unix = 1;
  }
}

int ca_address_parse(const char *text, uint16_t port, struct ca_address *address) {
  memset(address, 0, sizeof *address);
  address->port = port;
  if (inet_pton(AF_INET, text, address->bytes + 12) == 1) {
    memcpy(address->bytes, mapped_prefix, 12);
    address->is_ipv4 = 1;
    return 0;
  }
  if (inet_pton(AF_INET6, text, address->bytes) != 1) return -EINVAL;
  address->is_ipv4 = memcmp(address->bytes, mapped_prefix, 12) == 0;
  return 0;
}

void ca_address_format(const struct ca_address *address, char *text, size_t size) {
  const void *bytes = address->is_ipv4 ? address->bytes + 12 : address->bytes;
  if (!inet_ntop(address->is_ipv4 ? AF_INET : AF_INET6, bytes, text, (socklen_t)size)) text[0] = 0;
}

// ---- sockets --------------------------------------------------------------------------------

static int set_option(int descriptor, int level, int option, int value) {
  return result(setsockopt(descriptor, level, option, &value, sizeof value));
}

static int failed(int descriptor) {
  int error = errno;
  close(descriptor);
  return -error;
}

static int make_socket(const struct ca_address *address, int flags) {
  return socket(address->is_ipv4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
}

int ca_listen(const struct ca_address *address, int backlog) {
  int descriptor = make_socket(address, SOCK_NONBLOCK);
  if (descriptor < 0) return -errno;
  set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
  // Replies are gathered into one send per batch, so Nagle's algorithm would only delay them. On Linux
  // what a listener accepts inherits the option, which saves a call for each connection.
  set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  // One listener on :: serves both families, whatever net.ipv6.bindv6only says.
  if (!address->is_ipv4) set_option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  struct sockaddr_storage storage;
  socklen_t length = to_socket_address(address, &storage);
  if (bind(descriptor, (struct sockaddr *)&storage, length) != 0) return failed(descriptor);
  if (listen(descriptor, backlog) != 0) return failed(descriptor);
  return descriptor;
}

static int unix_address(const char *path, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  if (strlen(path) >= sizeof address->sun_path) return -ENAMETOOLONG;
  strcpy(address->sun_path, path);
  return 0;
}

int ca_listen_unix(const char *path, int backlog) {
  struct sockaddr_un address;
  int error = unix_address(path, &address);
  if (error < 0) return error;
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return -errno;
  // bind() makes the file with the socket's own mode less the umask, so there is no moment with a
  // wider one; then the group gets the write permission that connecting takes.
  if (fchmod(descriptor, 0660) != 0) return failed(descriptor);
  if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return failed(descriptor);
  if (chmod(path, 0660) != 0 || listen(descriptor, backlog) != 0) {
    int error = errno;
    unlink(path);
    close(descriptor);
    return -error;
  }
  return descriptor;
}

int ca_connect_unix(const char *path) {
  struct sockaddr_un address;
  int error = unix_address(path, &address);
  if (error < 0) return error;
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -errno;
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return failed(descriptor);
  return descriptor;
}

int ca_bound_port(int descriptor) {
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;
  if (getsockname(descriptor, (struct sockaddr *)&storage, &length) != 0) return -errno;
  struct ca_address address;
  from_socket_address(&storage, &address);
  return address.port;
}

int ca_accept(int listener, struct ca_address *peer) {
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;
  int descriptor =
      accept4(listener, (struct sockaddr *)&storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) return -errno;
  from_socket_address(&storage, peer);
  return descriptor;
}

static int connect_with(const struct ca_address *address, const struct ca_address *source, int flags) {
  int descriptor = make_socket(address, flags);
  if (descriptor < 0) return -errno;
  set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  struct sockaddr_storage storage;
  if (source) {
    socklen_t length = to_socket_address(source, &storage);
    if (bind(descriptor, (struct sockaddr *)&storage, length) != 0) return failed(descriptor);
  }
  socklen_t length = to_socket_address(address, &storage);
  if (connect(descriptor, (struct sockaddr *)&storage, length) != 0 && errno != EINPROGRESS)
    return failed(descriptor);
  return descriptor;
}

int ca_connect(const struct ca_address *address, const struct ca_address *source) {
  return connect_with(address, source, 0);
}

int ca_connect_start(const struct ca_address *address, const struct ca_address *source) {
  return connect_with(address, source, SOCK_NONBLOCK);
}

int ca_set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -errno : result(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
}

int ca_set_send_buffer(int descriptor, int bytes) {
  return set_option(descriptor, SOL_SOCKET, SO_SNDBUF, bytes);
}

int ca_set_receive_buffer(int descriptor, int bytes) {
  return set_option(descriptor, SOL_SOCKET, SO_RCVBUF, bytes);
}

int ca_set_reset_on_close(int descriptor) {
  struct linger linger = {.l_onoff = 1, .l_linger = 0};
  return result(setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
}

ptrdiff_t ca_receive(int descriptor, void *buffer, size_t size) {
  ssize_t count = recv(descriptor, buffer, size, MSG_DONTWAIT);
  return count < 0 ? -errno : count;
}

ptrdiff_t ca_send(int descriptor, const void *buffer, size_t size) {
  ssize_t count = send(descriptor, buffer, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  return count < 0 ? -errno : count;
}
