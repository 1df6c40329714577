// The yardstick of `bench echo`: as little as a server that echoes bytes can do. It knows nothing of
// WebSocket, keeps nothing per connection, and does not survive a peer that stops reading.

#include "CLinux.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { batch_max = 1024, buffer_size = 65536, linger_milliseconds = 20, accepts_max = 64 };

static int accept_all(int epoll, int listener) {
  for (int i = 0; i < accepts_max; i++) {
    struct ca_address peer;
    int descriptor = ca_accept(listener, &peer);
    if (descriptor < 0) return descriptor == -EAGAIN ? 0 : descriptor;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0) return -errno;
  }
  return 0;
}

static void echo(int descriptor, char *buffer) {
  ssize_t count = recv(descriptor, buffer, buffer_size, 0);
  if (count > 0) count = send(descriptor, buffer, (size_t)count, MSG_NOSIGNAL);
  if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))) return;
  close(descriptor);
}

int ca_raw_echo_serve(int listener, int stop) {
  static char buffer[buffer_size];
  struct epoll_event events[batch_max];
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return -errno;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) != 0) return -errno;
  event.data.fd = stop;
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, stop, &event) != 0) return -errno;
  for (;;) {
    int count = epoll_wait(epoll, events, batch_max, linger_milliseconds);
    if (count < 0 && errno != EINTR) return -errno;
    for (int i = 0; i < count; i++) {
      int descriptor = events[i].data.fd;
      if (descriptor == stop) {
        close(epoll);
        return 0;
      }
      if (descriptor == listener) {
        int error = accept_all(epoll, listener);
        if (error < 0) return error;
      } else {
        echo(descriptor, buffer);
      }
    }
  }
}
