/// Kernels for AVX-512: tiles of 12 rows by 32 columns, 24 of the 32 registers being sums.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c"))), apply_to = function)
#define CK_NAME(name) name##_avx512
#include "rows.h"

enum { TILE_ROWS = 12 };

/// c[rows, 32] (+)= a[rows, k] * b[k, 32].
static inline __attribute__((always_inline)) void part(const int rows, size_t k, const float *a,
                                                       size_t lda, const float *b, size_t ldb,
                                                       float *c, size_t ldc, int accumulate) {
  __m512 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm512_setzero_ps();
  for (size_t i = 0; i < k; i++, b += ldb) {
    __m512 b0 = _mm512_loadu_ps(b), b1 = _mm512_loadu_ps(b + 16);
    for (int r = 0; r < rows; r++) {
      __m512 value = _mm512_set1_ps(a[(size_t)r * lda + i]);
      sum[r][0] = _mm512_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm512_fmadd_ps(value, b1, sum[r][1]);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 16 * j;
      if (accumulate) sum[r][j] = _mm512_add_ps(sum[r][j], _mm512_loadu_ps(out));
      _mm512_storeu_ps(out, sum[r][j]);
    }
}

static void CK_NAME(tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                 float *c, size_t ldc, int accumulate) {
  switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, lda, b, ldb, c, ldc, accumulate); break
    CASE(1);
    CASE(2);
    CASE(3);
    CASE(4);
    CASE(5);
    CASE(6);
    CASE(7);
    CASE(8);
    CASE(9);
    CASE(10);
    CASE(11);
    default: part(12, k, a, lda, b, ldb, c, ldc, accumulate); break;
#undef CASE
  }
}

static inline void CK_NAME(halves)(const uint8_t *from, float *out) {
  for (int j = 0; j < 32; j += 16) {
    __m256i sixteen = _mm256_loadu_si256((const __m256i *)(const void *)(from + 2 * j));
    _mm512_storeu_ps(out + j, _mm512_cvtph_ps(sixteen));
  }
}
#include "expand.h"

const ck_ops ck_ops_avx512 = CK_OPS;
#pragma clang attribute pop
#endif
