/// Kernels for AVX-512: tiles of 12 rows by 32 columns, 24 of the 32 registers being sums.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c"))), apply_to = function)
#define CK_NAME(name) name##_avx512
#include "rows.h"

enum { TILE_ROWS = 12 };

/// sum[rows, 32] += a * b over `steps` steps along k; element (row, k) of a lies at
/// row * row_step + k * k_step.
CK_INLINE void multiply(const int rows, const int steps, const float *a, size_t row_step,
                        size_t k_step, const float *b, size_t ldb, __m512 sum[TILE_ROWS][2]) {
  for (int k = 0; k < steps; k++, a += k_step, b += ldb) {
    __m512 b0 = _mm512_loadu_ps(b), b1 = _mm512_loadu_ps(b + 16);
    for (int r = 0; r < rows; r++) {
      __m512 value = _mm512_set1_ps(*(a + (size_t)r * row_step));
      sum[r][0] = _mm512_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm512_fmadd_ps(value, b1, sum[r][1]);
    }
  }
}

/// c[rows, 32] (+)= a[rows, k] * b[k, 32].
CK_INLINE void part(const int rows, size_t k, const float *a, size_t row_step, size_t k_step,
                    const float *b, size_t ldb, float *c, size_t ldc, int accumulate) {
  __m512 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = _mm512_setzero_ps();
  size_t i = 0;
  for (; i + 4 <= k; i += 4, a += 4 * k_step, b += 4 * ldb)
    multiply(rows, 4, a, row_step, k_step, b, ldb, sum);
  for (; i < k; i++, a += k_step, b += ldb) multiply(rows, 1, a, row_step, k_step, b, ldb, sum);
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
  case n: part(n, k, a, lda, 1, b, ldb, c, ldc, accumulate); break
    CK_CASES_12(CASE);
#undef CASE
  }
}

static void CK_NAME(packed_tile)(int rows, size_t k, const float *a, const float *b, float *c,
                                 size_t ldc, int accumulate) {
  switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, 1, n, b, CK_PANEL, c, ldc, accumulate); break
    CK_CASES_12(CASE);
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
#include "quants.h"

const ck_ops ck_ops_avx512 = CK_OPS;
#pragma clang attribute pop

#pragma clang attribute push(                                                                    \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma,f16c"))), \
    apply_to = function)

enum { INTEGER_ROWS = 6 };

/// c[rows, 32] (+)= a * w over the groups. Unsigned times signed bytes, four products at a time into
/// 32 bits, never overflow.
CK_INLINE void integer_part(const int rows, size_t groups, const ck_rounded *a,
                            const ck_quant_panel *w, float *c, size_t ldc, int accumulate) {
  __m512 sum[INTEGER_ROWS][2];
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++)
      sum[r][j] = accumulate ? _mm512_loadu_ps(c + (size_t)r * ldc + 16 * j) : _mm512_setzero_ps();
  for (size_t g = 0; g < groups; g++) {
    __m512i whole[INTEGER_ROWS][2];
    for (int r = 0; r < rows; r++) whole[r][0] = whole[r][1] = _mm512_setzero_si512();
    for (int step = 0; step < 8; step++) {
      const uint8_t *quants = w->quants + 1024 * g + 128 * step;
      __m512i w0 = _mm512_loadu_si512(quants), w1 = _mm512_loadu_si512(quants + 64);
      for (int r = 0; r < rows; r++) {
        int four;
        memcpy(&four, a->quants + 32 * ((size_t)r * a->groups + g) + 4 * step, 4);
        __m512i value = _mm512_set1_epi32(four);
        whole[r][0] = _mm512_dpbusd_epi32(whole[r][0], w0, value);
        whole[r][1] = _mm512_dpbusd_epi32(whole[r][1], w1, value);
      }
    }
    for (int r = 0; r < rows; r++) {
      __m512 a_scale = _mm512_set1_ps(a->scales[(size_t)r * a->groups + g]);
      __m512 total = _mm512_set1_ps(a->sums[(size_t)r * a->groups + g]);
      for (int j = 0; j < 2; j++) {
        __m512 scale = _mm512_mul_ps(_mm512_loadu_ps(w->scales + 32 * g + 16 * j), a_scale);
        sum[r][j] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(whole[r][j]), scale, sum[r][j]);
        sum[r][j] = _mm512_fmadd_ps(_mm512_loadu_ps(w->minima + 32 * g + 16 * j), total, sum[r][j]);
      }
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) _mm512_storeu_ps(c + (size_t)r * ldc + 16 * j, sum[r][j]);
}

static void integer_tile(int bits, int rows, size_t groups, const ck_rounded *a,
                         const ck_quant_panel *w, float *c, size_t ldc, int accumulate) {
  (void)bits;
  switch (rows) {
#define CASE(n) \
  case n: integer_part(n, groups, a, w, c, ldc, accumulate); break
    CK_CASES_6(CASE);
#undef CASE
  }
}

const ck_integer_ops ck_integer_ops_vnni = {INTEGER_ROWS, 8, round_avx512, expand_quants_avx512,
                                            integer_tile};
#pragma clang attribute pop
#endif
