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

static void tile(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
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

/// Sixteen halves at `p` as floats.
static inline __m512 halves(const uint8_t *p) {
  return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)p));
}

static void expand_q4_1(const uint8_t *panel, size_t columns, float *out) {
  const __m128i low = _mm_set1_epi8(15);
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q4_1_PACKED) {
    __m512 scale0 = halves(panel), scale1 = halves(panel + 32);
    __m512 minimum0 = halves(panel + 64), minimum1 = halves(panel + 96);
    for (int k = 0; k < 32; k++, out += 32) {
      __m128i both = _mm_loadu_si128((const __m128i *)(const void *)(panel + 128 + 16 * k));
      __m512i q0 = _mm512_cvtepu8_epi32(_mm_and_si128(both, low));
      __m512i q1 = _mm512_cvtepu8_epi32(_mm_and_si128(_mm_srli_epi16(both, 4), low));
      _mm512_storeu_ps(out, _mm512_fmadd_ps(_mm512_cvtepi32_ps(q0), scale0, minimum0));
      _mm512_storeu_ps(out + 16, _mm512_fmadd_ps(_mm512_cvtepi32_ps(q1), scale1, minimum1));
    }
  }
}

static void expand_q8_0(const uint8_t *panel, size_t columns, float *out) {
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q8_0_PACKED) {
    __m512 scale0 = halves(panel), scale1 = halves(panel + 32);
    for (int k = 0; k < 32; k++, out += 32) {
      const void *from = panel + 64 + 32 * k, *more = panel + 80 + 32 * k;
      __m512i q0 = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)from));
      __m512i q1 = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)more));
      _mm512_storeu_ps(out, _mm512_mul_ps(_mm512_cvtepi32_ps(q0), scale0));
      _mm512_storeu_ps(out + 16, _mm512_mul_ps(_mm512_cvtepi32_ps(q1), scale1));
    }
  }
}

static void expand_f16(const uint16_t *panel, size_t columns, float *out) {
  for (size_t i = 0; i < columns * CK_PANEL; i += 16)
    _mm512_storeu_ps(out + i, halves((const uint8_t *)(panel + i)));
}
#pragma clang attribute pop

const ck_ops ck_ops_avx512 = {
    TILE_ROWS,          tile,
    expand_q4_1,        expand_q8_0,
    expand_f16,         expand_bf16_avx512,
    rms_norm_avx512,    layer_norm_avx512,
    swiglu_avx512,      gelu_avx512,
    log_softmax_avx512, softmax_avx512,
};
#endif
