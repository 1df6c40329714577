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

static void tile(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
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

/// Eight halves at `p` as floats.
static inline __m256 halves(const uint8_t *p) {
  return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)p));
}

static inline __m256 bytes(__m128i eight) {
  return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(eight));
}

static void expand_q4_1(const uint8_t *panel, size_t columns, float *out) {
  const __m128i low = _mm_set1_epi8(15);
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q4_1_PACKED) {
    __m256 scale[4], minimum[4];
    for (int j = 0; j < 4; j++) {
      scale[j] = halves(panel + 16 * j);
      minimum[j] = halves(panel + 64 + 16 * j);
    }
    for (int k = 0; k < 32; k++, out += 32) {
      __m128i both = _mm_loadu_si128((const __m128i *)(const void *)(panel + 128 + 16 * k));
      __m128i first = _mm_and_si128(both, low);
      __m128i second = _mm_and_si128(_mm_srli_epi16(both, 4), low);
      _mm256_storeu_ps(out, _mm256_fmadd_ps(bytes(first), scale[0], minimum[0]));
      _mm256_storeu_ps(
          out + 8, _mm256_fmadd_ps(bytes(_mm_srli_si128(first, 8)), scale[1], minimum[1]));
      _mm256_storeu_ps(out + 16, _mm256_fmadd_ps(bytes(second), scale[2], minimum[2]));
      _mm256_storeu_ps(
          out + 24, _mm256_fmadd_ps(bytes(_mm_srli_si128(second, 8)), scale[3], minimum[3]));
    }
  }
}

static void expand_q8_0(const uint8_t *panel, size_t columns, float *out) {
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q8_0_PACKED) {
    __m256 scale[4];
    for (int j = 0; j < 4; j++) scale[j] = halves(panel + 16 * j);
    for (int k = 0; k < 32; k++, out += 32)
      for (int j = 0; j < 4; j++) {
        const void *from = panel + 64 + 32 * k + 8 * j;
        __m256i whole = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)from));
        _mm256_storeu_ps(out + 8 * j, _mm256_mul_ps(_mm256_cvtepi32_ps(whole), scale[j]));
      }
  }
}

static void expand_f16(const uint16_t *panel, size_t columns, float *out) {
  for (size_t i = 0; i < columns * CK_PANEL; i += 8)
    _mm256_storeu_ps(out + i, halves((const uint8_t *)(panel + i)));
}
#pragma clang attribute pop

const ck_ops ck_ops_avx2 = {
    TILE_ROWS,        tile,
    expand_q4_1,      expand_q8_0,
    expand_f16,       expand_bf16_avx2,
    rms_norm_avx2,    layer_norm_avx2,
    swiglu_avx2,      gelu_avx2,
    log_softmax_avx2, softmax_avx2,
};
#endif
