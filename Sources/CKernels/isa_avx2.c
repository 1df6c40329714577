/// Kernels for AVX2 with FMA and F16C: tiles of 6 rows by 16 columns fill the sixteen registers.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define CK_NAME(name) name##_avx2
#include "rows.h"

enum { TILE_ROWS = 6 };

/// c[rows, 16] (+)= a[rows, k] * b[k, 16].
static inline __attribute__((always_inline)) void part(const int rows, size_t k, const float *a,
                                                       size_t lda, const float *b, size_t ldb,
                                                       float *c, size_t ldc, int accumulate) {
  __m256 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm256_setzero_ps();
  for (size_t i = 0; i < k; i++, b += ldb) {
    __m256 b0 = _mm256_loadu_ps(b), b1 = _mm256_loadu_ps(b + 8);
    for (int r = 0; r < rows; r++) {
      __m256 value = _mm256_broadcast_ss(a + (size_t)r * lda + i);
      sum[r][0] = _mm256_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm256_fmadd_ps(value, b1, sum[r][1]);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 8 * j;
      if (accumulate) sum[r][j] = _mm256_add_ps(sum[r][j], _mm256_loadu_ps(out));
      _mm256_storeu_ps(out, sum[r][j]);
    }
}

static void CK_NAME(tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                 float *c, size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 16) switch (rows) {
      case 1: part(1, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 2: part(2, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 3: part(3, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 4: part(4, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 5: part(5, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      default: part(6, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
    }
}

static inline void CK_NAME(halves)(const uint8_t *from, float *out) {
  for (int j = 0; j < 32; j += 8) {
    __m128i eight = _mm_loadu_si128((const __m128i *)(const void *)(from + 2 * j));
    _mm256_storeu_ps(out + j, _mm256_cvtph_ps(eight));
  }
}
#include "expand.h"

const ck_ops ck_ops_avx2 = CK_OPS;
#pragma clang attribute pop
#endif
