/// Kernels for any processor: four floats at a time, which are SSE2 or NEON registers.
#include "kernels.h"

#define CK_NAME(name) name##_portable
#include "rows.h"

typedef float v4 __attribute__((vector_size(16)));
enum { TILE_ROWS = 4 };

static inline v4 load(const float *p) {
  v4 v;
  memcpy(&v, p, 16);
  return v;
}

/// c[rows, 8] (+)= a[rows, k] * b[k, 8]; element (row, k) of a lies at row * row_step + k * k_step.
CK_INLINE void part(const int rows, size_t k, const float *a, size_t row_step, size_t k_step,
                    const float *b, size_t ldb, float *c, size_t ldc, int accumulate) {
  v4 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = (v4){0, 0, 0, 0};
  for (size_t i = 0; i < k; i++, a += k_step, b += ldb) {
    v4 b0 = load(b), b1 = load(b + 4);
    for (int r = 0; r < rows; r++) {
      float value = a[(size_t)r * row_step];
      v4 all = {value, value, value, value};
      sum[r][0] += all * b0;
      sum[r][1] += all * b1;
    }
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 4 * j;
      if (accumulate) sum[r][j] += load(out);
      memcpy(out, &sum[r][j], 16);
    }
}

static void CK_NAME(tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                          float *c, size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 8) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, lda, 1, b + j, ldb, c + j, ldc, accumulate); break
      CK_CASES_4(CASE);
#undef CASE
    }
}

static void CK_NAME(packed_tile)(int rows, size_t k, const float *a, const float *b, float *c,
                                 size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 8) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, 1, n, b + j, CK_PANEL, c + j, ldc, accumulate); break
      CK_CASES_4(CASE);
#undef CASE
    }
}

static inline void CK_NAME(halves)(const uint8_t *from, float *out) {
  for (int j = 0; j < 32; j++) {
    uint16_t half;
    memcpy(&half, from + 2 * j, 2);
    out[j] = ck_half(half);
  }
}
#include "expand.h"

const ck_ops ck_ops_portable = CK_OPS;
