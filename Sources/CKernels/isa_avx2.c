/// Kernels for AVX2 with FMA and F16C: tiles of 6 rows by 16 columns fill the sixteen registers.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define CK_NAME(name) name##_avx2
#include "rows.h"

enum { TILE_ROWS = 6 };

/// sum[rows, 16] += a * b over `steps` steps along k; element (row, k) of a lies at
/// row * row_step + k * k_step.
CK_INLINE void multiply(const int rows, const int steps, const float *a, size_t row_step,
                        size_t k_step, const float *b, size_t ldb, __m256 sum[TILE_ROWS][2]) {
  for (int k = 0; k < steps; k++, a += k_step, b += ldb) {
    __m256 b0 = _mm256_loadu_ps(b), b1 = _mm256_loadu_ps(b + 8);
    for (int r = 0; r < rows; r++) {
      __m256 value = _mm256_broadcast_ss(a + (size_t)r * row_step);
      sum[r][0] = _mm256_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm256_fmadd_ps(value, b1, sum[r][1]);
    }
  }
}

/// c[rows, 16] (+)= a[rows, k] * b[k, 16].
CK_INLINE void part(const int rows, size_t k, const float *a, size_t row_step, size_t k_step,
                    const float *b, size_t ldb, float *c, size_t ldc, int accumulate) {
  __m256 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm256_setzero_ps();
  size_t i = 0;
  for (; i + 4 <= k; i += 4, a += 4 * k_step, b += 4 * ldb)
    multiply(rows, 4, a, row_step, k_step, b, ldb, sum);
  for (; i < k; i++, a += k_step, b += ldb) multiply(rows, 1, a, row_step, k_step, b, ldb, sum);
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 8 * j;
      if (accumulate) sum[r][j] = _mm256_add_ps(sum[r][j], _mm256_loadu_ps(out));
      _mm256_storeu_ps(out, sum[r][j]);
    }
}

/// c[1, 32] (+)= a[k] * b[k, 32]: a single row's two sums would wait for each other, so it has four.
/// Each sum adds in the same order as in larger tiles: a row's result doesn't depend on others.
static void single(size_t k, const float *a, const float *b, size_t ldb, float *c, int accumulate) {
  __m256 sum[4];
  for (int j = 0; j < 4; j++) sum[j] = _mm256_setzero_ps();
  for (size_t i = 0; i < k; i++, b += ldb)
    for (int j = 0; j < 4; j++)
      sum[j] = _mm256_fmadd_ps(_mm256_broadcast_ss(a + i), _mm256_loadu_ps(b + 8 * j), sum[j]);
  for (int j = 0; j < 4; j++) {
    if (accumulate) sum[j] = _mm256_add_ps(sum[j], _mm256_loadu_ps(c + 8 * j));
    _mm256_storeu_ps(c + 8 * j, sum[j]);
  }
}

static void CK_NAME(tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                          float *c, size_t ldc, int accumulate) {
  if (rows == 1) {
    single(k, a, b, ldb, c, accumulate);
    return;
  }
  for (int j = 0; j < CK_PANEL; j += 16) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, lda, 1, b + j, ldb, c + j, ldc, accumulate); break
      CK_CASES_6(CASE);
#undef CASE
    }
}

static void CK_NAME(packed_tile)(int rows, size_t k, const float *a, const float *b, float *c,
                                 size_t ldc, int accumulate) {
  if (rows == 1) {
    single(k, a, b, CK_PANEL, c, accumulate);
    return;
  }
  for (int j = 0; j < CK_PANEL; j += 16) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, 1, n, b + j, CK_PANEL, c + j, ldc, accumulate); break
      CK_CASES_6(CASE);
#undef CASE
    }
}

static inline void CK_NAME(halves)(const uint8_t *from, float *out) {
  for (int j = 0; j < 32; j += 8) {
    __m128i eight = _mm_loadu_si128((const __m128i *)(const void *)(from + 2 * j));
    _mm256_storeu_ps(out + j, _mm256_cvtph_ps(eight));
  }
}
#include "expand.h"
#include "quants.h"

const ck_ops ck_ops_avx2 = CK_OPS;

enum { INTEGER_ROWS = 3 };

/// sum[8] += scale * the sums of pairs in sixteen bits.
CK_INLINE __m256 scaled_sum(__m256i pairs, __m256i weights, __m256 scale, __m256 sum) {
  return _mm256_fmadd_ps(_mm256_cvtepi32_ps(_mm256_madd_epi16(pairs, weights)), scale, sum);
}

CK_INLINE __m256i four_columns(const int8_t *p) {
  int four;
  memcpy(&four, p, 4);
  return _mm256_set1_epi32(four);
}

/// sum[rows, 16] += one group. Sums of `steps` pairs fit into sixteen bits: 8 of 15 * 127 twice, or
/// 4 of 31 * 127.
CK_INLINE void group_of_nibbles(const int rows, const int steps, const int8_t *a, size_t lda,
                                const float *a_scales, size_t scale_step, const uint8_t *quants,
                                const float *scales, __m256 sum[INTEGER_ROWS][2]) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (int start = 0; start < 8; start += steps) {
    __m256i pairs[INTEGER_ROWS][2];
    for (int r = 0; r < rows; r++) pairs[r][0] = pairs[r][1] = _mm256_setzero_si256();
#pragma clang loop unroll_count(4)
    for (int step = start; step < start + steps; step++) {
      const __m256i *w = (const __m256i *)(const void *)(quants + 128 * step);
      __m256i w0 = _mm256_loadu_si256(w), w1 = _mm256_loadu_si256(w + 1);
      for (int r = 0; r < rows; r++) {
        __m256i value = four_columns(a + (size_t)r * lda + 4 * step);
        pairs[r][0] = _mm256_add_epi16(pairs[r][0], _mm256_maddubs_epi16(w0, value));
        pairs[r][1] = _mm256_add_epi16(pairs[r][1], _mm256_maddubs_epi16(w1, value));
      }
    }
    for (int r = 0; r < rows; r++)
      for (int j = 0; j < 2; j++) {
        __m256 scale = _mm256_mul_ps(_mm256_loadu_ps(scales + 8 * j),
                                     _mm256_broadcast_ss(a_scales + (size_t)r * scale_step));
        sum[r][j] = scaled_sum(pairs[r][j], ones, scale, sum[r][j]);
      }
  }
}

/// c[rows, 16] (+)= a * w over the groups.
CK_INLINE void integer_part(const int bits, const int rows, size_t groups, const ck_rounded *a,
                            const uint8_t *quants, const float *scales, const float *minima,
                            float *c, size_t ldc, int accumulate) {
  __m256 sum[INTEGER_ROWS][2];
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++)
      sum[r][j] = accumulate ? _mm256_loadu_ps(c + (size_t)r * ldc + 8 * j) : _mm256_setzero_ps();
  for (size_t g = 0; g < groups; g++, quants += 1024, scales += 32, minima += 32) {
    group_of_nibbles(rows, bits == 4 ? 8 : 4, a->quants + 32 * g, 32 * a->groups, a->scales + g,
                     a->groups, quants, scales, sum);
    for (int r = 0; r < rows; r++) {
      __m256 total = _mm256_broadcast_ss(a->sums + (size_t)r * a->groups + g);
      for (int j = 0; j < 2; j++)
        sum[r][j] = _mm256_fmadd_ps(_mm256_loadu_ps(minima + 8 * j), total, sum[r][j]);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) _mm256_storeu_ps(c + (size_t)r * ldc + 8 * j, sum[r][j]);
}

static void integer_tile(int bits, int rows, size_t groups, const ck_rounded *a,
                         const ck_quant_panel *w, float *c, size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 16) switch (16 * bits + rows) {
#define CASE(bits, rows)                                                                         \
  case 16 * bits + rows:                                                                         \
    integer_part(bits, rows, groups, a, w->quants + 4 * j, w->scales + j, w->minima + j, c + j, ldc, \
                 accumulate);                                                                    \
    break
      CASE(4, 1);
      CASE(4, 2);
      CASE(4, 3);
      CASE(5, 1);
      CASE(5, 2);
      CASE(5, 3);
#undef CASE
    }
}

const ck_integer_ops ck_integer_ops_avx2 = {INTEGER_ROWS, 5, round_avx2, expand_quants_avx2,
                                            integer_tile};
#pragma clang attribute pop
#endif
