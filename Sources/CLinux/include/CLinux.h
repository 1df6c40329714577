// What Swift's Glibc module leaves out: epoll, accept4, eventfd, timerfd and the socket calls whose
// arguments are C macros or casts. Every function returns what the system call returns, or a negative
// errno where its comment says so.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

// ---- epoll ----------------------------------------------------------------------------------

/// The event bits that the transport uses, as plain constants.
enum {
  ca_epoll_in = EPOLLIN,
  ca_epoll_out = EPOLLOUT,
  ca_epoll_rdhup = EPOLLRDHUP,
  ca_epoll_err = EPOLLERR,
  ca_epoll_hup = EPOLLHUP,
};

/// One ready descriptor. The kernel's own struct is packed on x86-64, which Swift can't import well.
struct ca_event {
  uint64_t data;
  uint32_t events;
};

/// A new epoll descriptor, closed on exec; -errno on failure.
int ca_epoll_create(void);
/// Adds `descriptor` with `events` and the 64 bits of `data`; 0 or -errno.
int ca_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data);
/// Changes what `descriptor` is watched for; 0 or -errno.
int ca_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t data);
/// Stops watching `descriptor`; 0 or -errno.
int ca_epoll_remove(int epoll, int descriptor);

// ---- wake-ups -------------------------------------------------------------------------------

/// A non-blocking eventfd, closed on exec; -errno on failure.
int ca_eventfd(void);
/// Makes an eventfd readable. Safe from every thread.
void ca_eventfd_signal(int descriptor);
/// Makes an eventfd or a timerfd unreadable again.
void ca_eventfd_clear(int descriptor);
/// A non-blocking monotonic timerfd, closed on exec; -errno on failure.
int ca_timerfd(void);
/// Arms a timerfd to become readable once after `milliseconds` (at least 1); 0 disarms it.
void ca_timerfd_arm(int descriptor, int64_t milliseconds);

// ---- sockets --------------------------------------------------------------------------------

/// A TCP address: IPv4 as the IPv4-mapped IPv6 address, in network byte order; or a peer on a
/// Unix-domain socket, which has none.
struct ca_address {
  uint8_t bytes[16];
  uint16_t port;
  uint8_t is_ipv4;
  uint8_t is_unix;
};

/// Reads a numeric IPv4 or IPv6 address; 0 or -EINVAL.
int ca_address_parse(const char *text, uint16_t port, struct ca_address *address);
/// Writes the numeric form of `address` without its port into `text` (46 bytes are enough).
void ca_address_format(const struct ca_address *address, char *text, size_t size);

/// A non-blocking listening socket on `address`; with port 0 the kernel chooses, and on :: it takes
/// IPv4 too. -errno on failure.
int ca_listen(const struct ca_address *address, int backlog);
/// A non-blocking listening socket at a path of at most 107 bytes, with the mode 0660. -errno on
/// failure.
int ca_listen_unix(const char *path, int backlog);
/// A socket that is connected to the listener at `path`; -errno on failure.
int ca_connect_unix(const char *path);
/// The port that a socket is bound to; -errno on failure.
int ca_bound_port(int descriptor);
/// Accepts one connection, non-blocking, closed on exec; -errno on failure. It has the options of its
/// listener, so Nagle's algorithm is off.
int ca_accept(int listener, struct ca_address *peer);
/// A connected socket, from `source` where it is not null; blocking until connected. -errno on failure.
int ca_connect(const struct ca_address *address, const struct ca_address *source);
/// A socket whose connection is being made, non-blocking; -errno on failure.
int ca_connect_start(const struct ca_address *address, const struct ca_address *source);
/// Makes a descriptor non-blocking; 0 or -errno.
int ca_set_nonblocking(int descriptor);
/// Bounds the kernel's send buffer of a socket to about `bytes`; 0 or -errno.
int ca_set_send_buffer(int descriptor, int bytes);
/// Bounds the kernel's receive buffer of a socket to about `bytes`; 0 or -errno.
int ca_set_receive_buffer(int descriptor, int bytes);
/// Makes close() on this socket reset the connection; 0 or -errno.
int ca_set_reset_on_close(int descriptor);
/// Ignores SIGPIPE in the whole process.
void ca_ignore_sigpipe(void);

// ---- clocks and scheduling ------------------------------------------------------------------

/// Milliseconds of CLOCK_REALTIME.
int64_t ca_realtime_milliseconds(void);
/// Nanoseconds of CLOCK_MONOTONIC.
int64_t ca_monotonic_nanoseconds(void);
/// CPU time of the calling thread in nanoseconds.
int64_t ca_thread_cpu_nanoseconds(void);
/// CPU time of the process `pid` with all its threads, ended ones too, in nanoseconds; -errno.
int64_t ca_process_cpu_nanoseconds(int pid);
/// Sets the nice value of the calling thread alone; 0 or -errno.
int ca_set_thread_nice(int nice_value);
/// Binds the calling thread, and the threads and processes it makes later, to those of the first 64
/// processors whose bits are set; 0 or -errno.
int ca_set_affinity(uint64_t processors);
/// The processors, of the first 64, that the calling thread may run on.
uint64_t ca_affinity(void);

// ---- the yardstick of `bench echo` ----------------------------------------------------------

/// Echoes bytes as they come on every connection of `listener`, in this thread, until the
/// descriptor `stop` becomes readable: one epoll set, up to 1,024 events a batch, one recv and one
/// send per ready socket, lingering 20 ms. Returns 0 or -errno.
int ca_raw_echo_serve(int listener, int stop);

// ---- calls made once per connection and batch -----------------------------------------------

/// Waits for events; the count, or -errno. `timeout` in milliseconds, 0 polls.
int ca_epoll_wait(int epoll, struct ca_event *events, int capacity, int timeout);
/// recv without blocking; the count, 0 at the end of the stream, or -errno.
ptrdiff_t ca_receive(int descriptor, void *buffer, size_t size);
/// send without blocking and without SIGPIPE; the count, or -errno.
ptrdiff_t ca_send(int descriptor, const void *buffer, size_t size);
