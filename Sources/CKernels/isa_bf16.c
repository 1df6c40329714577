/// Products of numbers rounded to bfloat16, two at a time into single precision, where AVX-512 has
/// them.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "kernels.h"

#pragma clang attribute push(                                                                 \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx2,fma,f16c"))), \
    apply_to = function)

enum { TILE_ROWS = 12 };

/// The nearest bfloat16, to even between two, in the upper half; a NaN stays one.
CK_INLINE uint32_t rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  uint32_t up = bits + 0x7fff + (bits >> 16 & 1);
  return ((bits & 0x7fffffff) > 0x7f800000 ? bits | 0x400000 : up) & 0xffff0000;
}

/// out[(k + 1) / 2, n]: the numbers of two rows of x[k, n] in one, the first in the lower half.
static void pair(size_t k, size_t n, const float *x, uint32_t *out) {
  size_t i = 0;
  for (; i + 2 <= k; i += 2, x += 2 * n, out += n)
    for (size_t j = 0; j < n; j++) out[j] = rounded(x[j]) >> 16 | rounded(x[n + j]);
  for (size_t j = 0; i < k && j < n; j++) out[j] = rounded(x[j]) >> 16;
}

/// c[rows, 32] (+)= a[k, rows] * b[k, 32], of pairs.
CK_INLINE void part(const int rows, size_t k, const uint32_t *a, const uint32_t *b, float *c,
                    size_t ldc, int accumulate) {
  __m512 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm512_setzero_ps();
  for (size_t i = 0; i < k; i++, a += rows, b += CK_PANEL) {
    __m512i b0 = _mm512_loadu_si512(b), b1 = _mm512_loadu_si512(b + 16);
    for (int r = 0; r < rows; r++) {
      __m512i value = _mm512_set1_epi32((int)a[r]);
      sum[r][0] = _mm512_dpbf16_ps(sum[r][0], (__m512bh)value, (__m512bh)b0);
      sum[r][1] = _mm512_dpbf16_ps(sum[r][1], (__m512bh)value, (__m512bh)b1);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 16 * j;
      if (accumulate) sum[r][j] = _mm512_add_ps(sum[r][j], _mm512_loadu_ps(out));
      _mm512_storeu_ps(out, sum[r][j]);
    }
}

static void tile(int rows, size_t k, const uint32_t *a, const uint32_t *b, float *c, size_t ldc,
                 int accumulate) {
  switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, b, c, ldc, accumulate); break
    CK_CASES_12(CASE);
#undef CASE
  }
}
#pragma clang attribute pop

const ck_pair_ops ck_pair_ops_avx512 = {pair, tile};
#endif
