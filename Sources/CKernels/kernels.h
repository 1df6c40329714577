/// What the C files share: the table of an instruction set's inner kernels, and the pool's inside.
#ifndef CK_KERNELS_H
#define CK_KERNELS_H

#include "include/CKernels.h"

#define CK_INLINE static inline __attribute__((always_inline))

/// The cases of a switch over a tile's rows, so that each number of them is compiled for itself.
#define CK_CASES_4(CASE) CASE(1); CASE(2); CASE(3); CASE(4)
#define CK_CASES_6(CASE) CK_CASES_4(CASE); CASE(5); CASE(6)
#define CK_CASES_8(CASE) CK_CASES_6(CASE); CASE(7); CASE(8)
#define CK_CASES_12(CASE) CK_CASES_8(CASE); CASE(9); CASE(10); CASE(11); CASE(12)

/// The inner kernels of one instruction set.
typedef struct {
  /// Rows that one tile handles at most.
  int tile_rows;
  /// c[rows, 32] (+)= a[rows, k] * b[k, 32]; `rows` is 1 to tile_rows.
  void (*tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c,
               size_t ldc, int accumulate);
  /// The same with rows packed side by side, a[k, rows], and b[k, 32].
  void (*packed_tile)(int rows, size_t k, const float *a, const float *b, float *c, size_t ldc,
                      int accumulate);
  /// Turns columns [first, first + columns) of a packed panel into floats, out[columns, 32]. For
  /// types in blocks both are multiples of 32.
  void (*expand)(int type, const uint8_t *panel, size_t first, size_t columns, float *out);
  void (*rms_norm)(const float *x, size_t n, const float *weight, float epsilon, float *out);
  void (*layer_norm)(const float *x, size_t n, const float *weight, const float *bias,
                     float epsilon, float *out);
  void (*swiglu)(const float *gate, const float *up, size_t n, float *out);
  void (*gelu)(float *x, size_t n);
  void (*gelu_tanh)(float *x, size_t n);
  void (*log_softmax)(float *x, size_t n);
  /// x = softmax(x * scale).
  void (*softmax)(float *x, size_t n, float scale);
} ck_ops;

/// The table of the file that says it, all of whose functions are named by its CK_NAME.
#define CK_OPS                                                                      \
  {                                                                                 \
    TILE_ROWS, CK_NAME(tile), CK_NAME(packed_tile), CK_NAME(expand), CK_NAME(rms_norm), \
        CK_NAME(layer_norm), CK_NAME(swiglu), CK_NAME(gelu), CK_NAME(gelu_tanh),      \
        CK_NAME(log_softmax), CK_NAME(softmax)                                        \
  }

/// Inner kernels on pairs of bfloat16, of two columns each; tiles have as many rows as the floats'.
typedef struct {
  /// out[(k + 1) / 2, n]: the numbers of two rows of x[k, n] in one, the first in the lower half.
  void (*pair)(size_t k, size_t n, const float *x, uint32_t *out);
  /// c[rows, 32] (+)= a[k, rows] * b[k, 32], of pairs.
  void (*tile)(int rows, size_t k, const uint32_t *a, const uint32_t *b, float *c, size_t ldc,
               int accumulate);
} ck_pair_ops;

extern const ck_ops ck_ops_portable;
#if defined(__x86_64__)
extern const ck_ops ck_ops_avx2, ck_ops_avx512;
extern const ck_pair_ops ck_pair_ops_avx512;
#elif defined(__aarch64__)
extern const ck_ops ck_ops_neon;
#endif

const ck_ops *ck_pool_ops(const ck_pool *pool);
/// NULL when this pool has none.
const ck_pair_ops *ck_pool_pair_ops(const ck_pool *pool);
/// Calls task(context, index, thread) for every index below `count`, on all threads, and returns
/// when all calls have returned. Only for the leading thread.
void ck_parallel(ck_pool *pool, size_t count, void (*task)(void *, size_t, int), void *context);
/// Makes sure that each thread has at least this many floats of scratch memory.
void ck_pool_reserve(ck_pool *pool, size_t floats);
/// The thread's own scratch memory, 64-byte aligned.
float *ck_scratch(ck_pool *pool, int thread);
/// Memory for at least this many floats that all threads share, 64-byte aligned. What was in it is
/// lost when it grows. Only for the leading thread.
float *ck_pool_shared(ck_pool *pool, size_t floats);

/// IEEE half precision to single; exact.
static inline float ck_half(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = (h >> 10) & 31, mantissa = h & 1023;
  union {
    uint32_t bits;
    float value;
  } u;
  if (exponent == 31) {
    u.bits = sign | 0x7f800000 | mantissa << 13;
  } else if (exponent) {
    u.bits = sign | (exponent + 112) << 23 | mantissa << 13;
  } else {
    // Subnormal: mantissa * 2^-24, which single precision holds exactly.
    u.value = (float)mantissa * 5.9604644775390625e-8f;
    u.bits |= sign;
  }
  return u.value;
}

static inline float ck_bfloat(uint16_t b) {
  union {
    uint32_t bits;
    float value;
  } u = {(uint32_t)b << 16};
  return u.value;
}

#endif
