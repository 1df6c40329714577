#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sched.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static inline int result(int value) { return value < 0 ? -errno : value; }

// ---- epoll ----------------------------------------------------------------------------------

int ca_epoll_create(void) { return result(epoll_create1(EPOLL_CLOEXEC)); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
  struct epoll_event event = {.events = events, .data.u64 = data};
  return result(epoll_ctl(epoll, operation, descriptor, &event));
}

int ca_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data) {
  return control(epoll, EPOLL_CTL_ADD, descriptor, events, data);
}

int ca_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t data) {
  return control(epoll, EPOLL_CTL_MOD, descriptor, events, data);
}

int ca_epoll_remove(int epoll, int descriptor) {
  return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0);
}

enum { batch_max = 1024 };

int ca_epoll_wait(int epoll, struct ca_event *events, int capacity, int timeout) {
  // 12 KB of stack; copying a batch out of the packed form is far cheaper than the call itself.
  struct epoll_event packed[batch_max];
  int count = epoll_wait(epoll, packed, capacity < batch_max ? capacity : batch_max, timeout);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) {
    events[i].data = packed[i].data.u64;
    events[i].events = packed[i].events;
  }
  return count;
}

// ---- wake-ups -------------------------------------------------------------------------------

int ca_eventfd(void) { return result(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }

void ca_eventfd_signal(int descriptor) {
  uint64_t one = 1;
  // A full counter is readable too, so the result does not matter.
  ssize_t ignored = write(descriptor, &one, sizeof one);
  (void)ignored;
}

void ca_eventfd_clear(int descriptor) {
  uint64_t count;
  ssize_t ignored = read(descriptor, &count, sizeof count);
  (void)ignored;
}

int ca_timerfd(void) {
  return result(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
}

void ca_timerfd_arm(int descriptor, int64_t milliseconds) {
  struct itimerspec spec = {0};
  spec.it_value.tv_sec = milliseconds / 1000;
  spec.it_value.tv_nsec = (milliseconds % 1000) * 1000000;
  timerfd_settime(descriptor, 0, &spec, NULL);
}

// ---- clocks and scheduling ------------------------------------------------------------------

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time) != 0) return -errno;
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t ca_realtime_milliseconds(void) { return nanoseconds(CLOCK_REALTIME) / 1000000; }
int64_t ca_monotonic_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }
int64_t ca_thread_cpu_nanoseconds(void) { return nanoseconds(CLOCK_THREAD_CPUTIME_ID); }

int64_t ca_process_cpu_nanoseconds(int pid) {
  clockid_t clock;
  int error = clock_getcpuclockid(pid, &clock);
  return error ? -error : nanoseconds(clock);
}

int ca_set_thread_nice(int nice_value) {
  // On Linux a nice value belongs to a thread, whatever POSIX says; `who` is a thread id.
  return result(setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice_value));
}

int ca_set_affinity(uint64_t processors) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int i = 0; i < 64; i++) {
    if (processors >> i & 1) CPU_SET(i, &set);
  }
  return result(sched_setaffinity(0, sizeof set, &set));
}

uint64_t ca_affinity(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 0;
  uint64_t processors = 0;
  for (int i = 0; i < 64; i++) {
    if (CPU_ISSET(i, &set)) processors |= (uint64_t)1 << i;
  }
  return processors;
}

void ca_ignore_sigpipe(void) { signal(SIGPIPE, SIG_IGN); }
