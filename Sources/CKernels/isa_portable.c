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

/// c[rows, 8] (+)= a[rows, k] * b[k, 8].
static inline __attribute__((always_inline)) void part(const int rows, size_t k, const float *a,
                                                       size_t lda, const float *b, size_t ldb,
                                                       float *c, size_t ldc, int accumulate) {
  v4 sum[TILE_ROWS][2];
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = (v4){0, 0, 0, 0};
  for (size_t i = 0; i < k; i++, b += ldb) {
    v4 b0 = load(b), b1 = load(b + 4);
    for (int r = 0; r < rows; r++) {
      float value = a[(size_t)r * lda + i];
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

static void tile(int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
                 float *c, size_t ldc, int accumulate) {
  for (int j = 0; j < CK_PANEL; j += 8) switch (rows) {
      case 1: part(1, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 2: part(2, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      case 3: part(3, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
      default: part(4, k, a, lda, b + j, ldb, c + j, ldc, accumulate); break;
    }
}

static void expand_q4_1(const uint8_t *panel, size_t columns, float *out) {
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q4_1_PACKED) {
    float scale[32], minimum[32];
    for (int j = 0; j < 32; j++) {
      uint16_t half[2];
      memcpy(&half[0], panel + 2 * j, 2);
      memcpy(&half[1], panel + 64 + 2 * j, 2);
      scale[j] = ck_half(half[0]);
      minimum[j] = ck_half(half[1]);
    }
    const uint8_t *quants = panel + 128;
    for (int k = 0; k < 32; k++, quants += 16, out += 32)
      for (int j = 0; j < 16; j++) {
        out[j] = (float)(quants[j] & 15) * scale[j] + minimum[j];
        out[j + 16] = (float)(quants[j] >> 4) * scale[j + 16] + minimum[j + 16];
      }
  }
}

static void expand_q8_0(const uint8_t *panel, size_t columns, float *out) {
  for (size_t block = 0; block < columns / 32; block++, panel += CK_Q8_0_PACKED) {
    float scale[32];
    for (int j = 0; j < 32; j++) {
      uint16_t half;
      memcpy(&half, panel + 2 * j, 2);
      scale[j] = ck_half(half);
    }
    const int8_t *quants = (const int8_t *)panel + 64;
    for (int k = 0; k < 32; k++, quants += 32, out += 32)
      for (int j = 0; j < 32; j++) out[j] = (float)quants[j] * scale[j];
  }
}

static void expand_f16(const uint16_t *panel, size_t columns, float *out) {
  for (size_t i = 0; i < columns * CK_PANEL; i++) out[i] = ck_half(panel[i]);
}

const ck_ops ck_ops_portable = {
    TILE_ROWS,          tile,
    expand_q4_1,        expand_q8_0,
    expand_f16,         expand_bf16_portable,
    rms_norm_portable,  layer_norm_portable,
    swiglu_portable,    gelu_portable,
    log_softmax_portable, softmax_portable,
};
