/// The engine's threads. One leads: it runs the submitted bodies and shares out their loops.
///
/// A loop is published as a ticket, generation << 32 | next index. Threads take indices with a
/// compare-and-swap of the whole ticket, so a thread that wakes late can never take one of a loop
/// that is over. Between loops (microseconds apart within a forward pass) helpers spin briefly, then
/// sleep on a condition. The leader never waits for a helper that has taken nothing.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__linux__)
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "kernels.h"

/// Turns of the waiting loop before a thread sleeps; about 20 to 50 microseconds.
enum { SPINS = 2000 };
/// An index that no loop reaches: the ticket is closed.
#define CLOSED 0xffffffffu

typedef struct {
  ck_pool *pool;
  pthread_t thread;
  int index;
  float *scratch;
} ck_worker;

struct ck_pool {
  const ck_ops *ops;
  int count, nice, arithmetic;
  ck_worker *workers;
  size_t scratch_floats, shared_floats;
  float *shared;

  // The loop in progress.
  _Atomic uint64_t ticket;
  _Atomic size_t task_count, done_count;
  _Atomic(void (*)(void *, size_t, int)) task;
  _Atomic(void *) context;
  _Atomic int sleeping;

  // Bodies, one at a time, in the order of arrival: a mutex alone would let a caller with many
  // bodies starve the others.
  pthread_mutex_t lock;
  pthread_cond_t helpers, leader, callers;
  uint64_t next_turn, turn;
  void (*body)(void *);
  void *body_context;
  int body_done;
  _Atomic int ending;
};

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void lower_priority(int nice) {
#if defined(__linux__)
  // Linux keeps a nice value for each thread. Refused is harmless: all threads are then equal.
  if (nice != 0) (void)setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice);
#else
  (void)nice;
#endif
}

/// Takes and runs indices of the loop of this ticket's generation until none is left.
static void take_part(ck_pool *pool, uint32_t generation, int thread) {
  uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  while ((uint32_t)(ticket >> 32) == generation) {
    uint32_t index = (uint32_t)ticket;
    // These may belong to a newer loop already; then the exchange below fails.
    size_t count = atomic_load_explicit(&pool->task_count, memory_order_acquire);
    void (*task)(void *, size_t, int) = atomic_load_explicit(&pool->task, memory_order_acquire);
    void *context = atomic_load_explicit(&pool->context, memory_order_acquire);
    if (index >= count) return;
    if (!atomic_compare_exchange_weak(&pool->ticket, &ticket, ticket + 1)) continue;
    task(context, index, thread);
    atomic_fetch_add_explicit(&pool->done_count, 1, memory_order_release);
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  }
}

void ck_parallel(ck_pool *pool, size_t count, void (*task)(void *, size_t, int), void *context) {
  if (pool->count == 1 || count < 2) {
    for (size_t index = 0; index < count; index++) task(context, index, 0);
    return;
  }
  uint32_t generation = (uint32_t)(atomic_load(&pool->ticket) >> 32);
  // Close the old loop before its fields change under a late helper.
  atomic_store(&pool->ticket, (uint64_t)(generation + 1) << 32 | CLOSED);
  atomic_store(&pool->task_count, count);
  atomic_store(&pool->task, task);
  atomic_store(&pool->context, context);
  atomic_store(&pool->done_count, 0);
  generation += 2;
  atomic_store(&pool->ticket, (uint64_t)generation << 32);
  if (atomic_load(&pool->sleeping) > 0) {
    pthread_mutex_lock(&pool->lock);
    pthread_cond_broadcast(&pool->helpers);
    pthread_mutex_unlock(&pool->lock);
  }
  take_part(pool, generation, 0);
  for (unsigned turn = 0; atomic_load_explicit(&pool->done_count, memory_order_acquire) < count;) {
    // A helper at work may have lost its core; give it ours after a while.
    if (++turn > SPINS) {
      struct timespec pause = {0, 20000};
      nanosleep(&pause, NULL);
    } else {
      relax();
    }
  }
}

/// Waits until the ticket's generation is not `seen`; returns the new one.
static uint32_t next_generation(ck_pool *pool, uint32_t seen) {
  for (int turn = 0; turn < SPINS; turn++) {
    uint32_t now = (uint32_t)(atomic_load_explicit(&pool->ticket, memory_order_acquire) >> 32);
    if (now != seen) return now;
    relax();
  }
  pthread_mutex_lock(&pool->lock);
  // Counted before the ticket is looked at again, as the leader looks in the other order.
  atomic_fetch_add(&pool->sleeping, 1);
  uint32_t now;
  while ((now = (uint32_t)(atomic_load(&pool->ticket) >> 32)) == seen && !pool->ending)
    pthread_cond_wait(&pool->helpers, &pool->lock);
  atomic_fetch_sub(&pool->sleeping, 1);
  pthread_mutex_unlock(&pool->lock);
  return now;
}

static void *help(void *argument) {
  ck_worker *worker = argument;
  ck_pool *pool = worker->pool;
  lower_priority(pool->nice);
  for (uint32_t seen = 0; !atomic_load(&pool->ending);) {
    seen = next_generation(pool, seen);
    take_part(pool, seen, worker->index);
  }
  return NULL;
}

static void *lead(void *argument) {
  ck_worker *worker = argument;
  ck_pool *pool = worker->pool;
  lower_priority(pool->nice);
  pthread_mutex_lock(&pool->lock);
  while (!pool->ending) {
    if (!pool->body) {
      pthread_cond_wait(&pool->leader, &pool->lock);
      continue;
    }
    void (*body)(void *) = pool->body;
    pthread_mutex_unlock(&pool->lock);
    body(pool->body_context);
    pthread_mutex_lock(&pool->lock);
    pool->body = NULL;
    pool->body_done = 1;
    pthread_cond_broadcast(&pool->callers);
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

void ck_pool_run(ck_pool *pool, void (*body)(void *), void *context) {
  if (pthread_equal(pthread_self(), pool->workers[0].thread)) {
    // From within a body, between two loops: what is more urgent goes first.
    body(context);
    return;
  }
  pthread_mutex_lock(&pool->lock);
  uint64_t turn = pool->next_turn++;
  while (pool->turn != turn) pthread_cond_wait(&pool->callers, &pool->lock);
  pool->body_context = context;
  pool->body_done = 0;
  pool->body = body;
  pthread_cond_signal(&pool->leader);
  while (!pool->body_done) pthread_cond_wait(&pool->callers, &pool->lock);
  pool->turn++;
  pthread_cond_broadcast(&pool->callers);
  pthread_mutex_unlock(&pool->lock);
}

ck_pool *ck_pool_create(int threads, int nice, int isa) {
  if (threads < 1 || threads > 256 || !ck_isa_available(isa)) return NULL;
  ck_pool *pool = calloc(1, sizeof *pool);
  ck_worker *workers = calloc((size_t)threads, sizeof *workers);
  if (!pool || !workers) {
    free(pool);
    free(workers);
    return NULL;
  }
  pool->workers = workers;
  pool->nice = nice;
  pool->ops = &ck_ops_portable;
#if defined(__x86_64__)
  if (isa == CK_ISA_AVX2) pool->ops = &ck_ops_avx2;
  if (isa == CK_ISA_AVX512) pool->ops = &ck_ops_avx512;
#elif defined(__aarch64__)
  if (isa == CK_ISA_NEON) pool->ops = &ck_ops_neon;
#endif
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->helpers, NULL);
  pthread_cond_init(&pool->leader, NULL);
  pthread_cond_init(&pool->callers, NULL);
  atomic_store(&pool->ticket, CLOSED);
  for (int i = 0; i < threads; i++) {
    pool->workers[i].pool = pool;
    pool->workers[i].index = i;
    if (pthread_create(&pool->workers[i].thread, NULL, i ? help : lead, &pool->workers[i])) {
      ck_pool_destroy(pool);
      return NULL;
    }
    pool->count = i + 1;
  }
  return pool;
}

int ck_pool_set_idle(ck_pool *pool) {
#if defined(__linux__)
  struct sched_param none = {0};
  for (int i = 0; i < pool->count; i++)
    if (pthread_setschedparam(pool->workers[i].thread, SCHED_IDLE, &none)) return 0;
  return 1;
#else
  (void)pool;
  return 0;
#endif
}

void ck_pool_destroy(ck_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  atomic_store(&pool->ending, 1);
  pthread_cond_broadcast(&pool->helpers);
  pthread_cond_broadcast(&pool->leader);
  pthread_mutex_unlock(&pool->lock);
  for (int i = 0; i < pool->count; i++) {
    pthread_join(pool->workers[i].thread, NULL);
    free(pool->workers[i].scratch);
  }
  pthread_cond_destroy(&pool->helpers);
  pthread_cond_destroy(&pool->leader);
  pthread_cond_destroy(&pool->callers);
  pthread_mutex_destroy(&pool->lock);
  free(pool->shared);
  free(pool->workers);
  free(pool);
}

uint64_t ck_pool_cpu_time(ck_pool *pool) {
  uint64_t sum = 0;
  for (int i = 0; i < pool->count; i++) {
    clockid_t clock;
    struct timespec time;
    if (pthread_getcpuclockid(pool->workers[i].thread, &clock) == 0 &&
        clock_gettime(clock, &time) == 0)
      sum += (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
  }
  return sum;
}

const ck_ops *ck_pool_ops(const ck_pool *pool) { return pool->ops; }
void ck_pool_set_arithmetic(ck_pool *pool, int arithmetic) { pool->arithmetic = arithmetic; }
int ck_pool_arithmetic(const ck_pool *pool) { return pool->arithmetic; }

/// As in Swift itself, no memory is not survivable here.
static float *allocate(size_t floats) {
  void *memory = NULL;
  if (posix_memalign(&memory, 64, floats * sizeof(float))) abort();
  return memory;
}

void ck_pool_reserve(ck_pool *pool, size_t floats) {
  if (floats <= pool->scratch_floats) return;
  for (int i = 0; i < pool->count; i++) {
    free(pool->workers[i].scratch);
    pool->workers[i].scratch = allocate(floats);
  }
  pool->scratch_floats = floats;
}

float *ck_pool_shared(ck_pool *pool, size_t floats) {
  if (floats > pool->shared_floats) {
    free(pool->shared);
    pool->shared = allocate(floats);
    pool->shared_floats = floats;
  }
  return pool->shared;
}

float *ck_scratch(ck_pool *pool, int thread) { return pool->workers[thread].scratch; }
