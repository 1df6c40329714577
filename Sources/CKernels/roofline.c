/// What the processor can do at most: the yardsticks of the benches.
#include "kernels.h"

/// Independent sums: more than a multiply-add's latency times the units that take one each cycle.
enum { SUMS = 12, TURNS = 1 << 18 };

typedef void (*burn)(float *out);

#define BURN(name, attributes, vector)                                        \
  attributes static void name(float *out) {                                   \
    typedef float v __attribute__((vector_size(vector)));                     \
    v sums[SUMS], factor, term;                                               \
    for (size_t i = 0; i < vector / 4; i++) factor[i] = 0.999f, term[i] = 1;  \
    for (int j = 0; j < SUMS; j++) sums[j] = term * (float)(j + 1);           \
    for (int turn = 0; turn < TURNS; turn++)                                  \
      for (int j = 0; j < SUMS; j++) sums[j] = sums[j] * factor + term;       \
    for (int j = 1; j < SUMS; j++) sums[0] += sums[j];                        \
    *out += sums[0][0];                                                       \
  }

BURN(burn_plain, , 16)
#if defined(__x86_64__)
BURN(burn_avx2, __attribute__((target("avx2,fma"))), 32)
BURN(burn_avx512, __attribute__((target("avx512f"))), 64)
#endif

typedef struct {
  ck_pool *pool;
  burn burn;
} burning;

static void burn_task(void *context, size_t index, int thread) {
  const burning *b = context;
  (void)index;
  b->burn(ck_scratch(b->pool, thread));
}

double ck_peak_operations(ck_pool *pool, size_t rounds) {
  burning b = {pool, burn_plain};
  double lanes = 4;
#if defined(__x86_64__)
  if (ck_pool_ops(pool) == &ck_ops_avx2) b.burn = burn_avx2, lanes = 8;
  if (ck_pool_ops(pool) == &ck_ops_avx512) b.burn = burn_avx512, lanes = 16;
#endif
  ck_pool_reserve(pool, 16);
  ck_parallel(pool, rounds, burn_task, &b);
  return 2 * lanes * SUMS * TURNS * (double)rounds;
}

/// Bytes that one task reads.
enum { CHUNK = 1 << 20 };

typedef struct {
  ck_pool *pool;
  const uint8_t *bytes;
} reading;

static void read_task(void *context, size_t index, int thread) {
  const reading *r = context;
  typedef uint64_t v __attribute__((vector_size(16)));
  const v *from = (const v *)(const void *)(r->bytes + index * CHUNK);
  v a = {0, 0}, b = a, c = a, d = a;
  for (size_t i = 0; i < CHUNK / sizeof(v); i += 4)
    a += from[i], b += from[i + 1], c += from[i + 2], d += from[i + 3];
  a += b + c + d;
  *ck_scratch(r->pool, thread) += (float)(a[0] + a[1]);
}

size_t ck_read_through(ck_pool *pool, const void *bytes, size_t count) {
  reading r = {pool, bytes};
  ck_pool_reserve(pool, 16);
  ck_parallel(pool, count / CHUNK, read_task, &r);
  return count / CHUNK * CHUNK;
}
