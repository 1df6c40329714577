/// Kernels for AArch64's Advanced SIMD: tiles of 8 rows by 8 columns, 16 of the 32 registers being
/// sums, the rows' values as lanes.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "kernels.h"

#define CK_NAME(name) name##_neon
#include "rows.h"

enum { TILE_ROWS = 8 };

CK_INLINE void store(const int rows, float32x4_t sum[TILE_ROWS][2], float *c, size_t ldc,
                     int accumulate) {
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < 2; j++) {
      float *out = c + (size_t)r * ldc + 4 * j;
      if (accumulate) sum[r][j] = vaddq_f32(sum[r][j], vld1q_f32(out));
      vst1q_f32(out, sum[r][j]);
    }
}

/// c[rows, 8] (+)= a[rows, k] * b[k, 8]; element (row, k) of a lies at row * row_step + k * k_step.
CK_INLINE void part(const int rows, size_t k, const float *a, size_t row_step, size_t k_step,
                    const float *b, size_t ldb, float *c, size_t ldc, int accumulate) {
  float32x4_t sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = vdupq_n_f32(0);
  for (size_t i = 0; i < k; i++, a += k_step, b += ldb) {
    float32x4_t b0 = vld1q_f32(b), b1 = vld1q_f32(b + 4);
    for (int r = 0; r < rows; r++) {
      float value = a[(size_t)r * row_step];
      sum[r][0] = vfmaq_n_f32(sum[r][0], b0, value);
      sum[r][1] = vfmaq_n_f32(sum[r][1], b1, value);
    }
  }
  store(rows, sum, c, ldc, accumulate);
}

/// c[8, 8] (+)= a[k, 8]^T * b[k, 8].
static void whole(size_t k, const float *a, const float *b, size_t ldb, float *c, size_t ldc,
                  int accumulate) {
  float32x4_t sum[TILE_ROWS][2];
  for (int r = 0; r < TILE_ROWS; r++) sum[r][0] = sum[r][1] = vdupq_n_f32(0);
  for (size_t i = 0; i < k; i++, a += TILE_ROWS, b += ldb) {
    float32x4_t first = vld1q_f32(a), second = vld1q_f32(a + 4);
    for (int j = 0; j < 2; j++) {
      float32x4_t columns = vld1q_f32(b + 4 * j);
      sum[0][j] = vfmaq_laneq_f32(sum[0][j], columns, first, 0);
      sum[1][j] = vfmaq_laneq_f32(sum[1][j], columns, first, 1);
      sum[2][j] = vfmaq_laneq_f32(sum[2][j], columns, first, 2);
      sum[3][j] = vfmaq_laneq_f32(sum[3][j], columns, first, 3);
      sum[4][j] = vfmaq_laneq_f32(sum[4][j], columns, second, 0);
      sum[5][j] = vfmaq_laneq_f32(sum[5][j], columns, second, 1);
      sum[6][j] = vfmaq_laneq_f32(sum[6][j], columns, second, 2);
      sum[7][j] = vfmaq_laneq_f32(sum[7][j], columns, second, 3);
    }
  }
  store(TILE_ROWS, sum, c, ldc, accumulate);
}

static void CK_NAME(tile)(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                          float *c, size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 8) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, lda, 1, b + j, ldb, c + j, ldc, accumulate); break
      CK_CASES_8(CASE);
#undef CASE
    }
}

static void CK_NAME(packed_tile)(int rows, size_t k, const float *a, const float *b, float *c,
                                 size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 8) switch (rows) {
#define CASE(n) \
  case n: part(n, k, a, 1, n, b + j, CK_PANEL, c + j, ldc, accumulate); break
      CK_CASES_6(CASE);
      CASE(7);
#undef CASE
      case 8: whole(k, a, b + j, CK_PANEL, c + j, ldc, accumulate); break;
    }
}

static inline void CK_NAME(halves)(const uint8_t *from, float *out) {
  for (int j = 0; j < 32; j += 4) {
    float16x4_t four = vreinterpret_f16_u8(vld1_u8(from + 2 * j));
    vst1q_f32(out + j, vcvt_f32_f16(four));
  }
}
#include "expand.h"

const ck_ops ck_ops_neon = CK_OPS;
#endif
