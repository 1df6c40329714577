#include "reader.h"

#include <math.h>
#include <string.h>

#include "CKernels.h"

static float half(const uint8_t *p) {
  unsigned bits = p[0] | (unsigned)p[1] << 8, exponent = bits >> 10 & 31, fraction = bits & 1023;
  float value = exponent ? ldexpf((float)(fraction | 1024), (int)exponent - 25)
                         : ldexpf((float)fraction, -24);
  return bits >> 15 ? -value : value;
}

static void read_f32(const uint8_t *p, float *out) { memcpy(out, p, 4); }
static void read_f16(const uint8_t *p, float *out) { *out = half(p); }
static void read_bf16(const uint8_t *p, float *out) {
  uint8_t bytes[4] = {0, 0, p[0], p[1]};
  memcpy(out, bytes, 4);
}

static void nibbles(const uint8_t *quants, const uint8_t *fifth, int bias, float scale,
                    float minimum, float *out) {
  for (int i = 0; i < 32; i++) {
    int quant = i < 16 ? quants[i] & 15 : quants[i - 16] >> 4;
    if (fifth) quant |= (fifth[i / 8] >> (i % 8) & 1) << 4;
    out[i] = (float)(quant - bias) * scale + minimum;
  }
}

static void read_q4_0(const uint8_t *p, float *out) { nibbles(p + 2, NULL, 8, half(p), 0, out); }
static void read_q4_1(const uint8_t *p, float *out) {
  nibbles(p + 4, NULL, 0, half(p), half(p + 2), out);
}
static void read_q5_0(const uint8_t *p, float *out) { nibbles(p + 6, p + 2, 16, half(p), 0, out); }
static void read_q5_1(const uint8_t *p, float *out) {
  nibbles(p + 8, p + 4, 0, half(p), half(p + 2), out);
}
static void read_q8_0(const uint8_t *p, float *out) {
  for (int i = 0; i < 32; i++) out[i] = (float)(int8_t)p[2 + i] * half(p);
}

static void super(const uint8_t *p, const uint8_t *fifth, const uint8_t *quants, float *out) {
  const uint8_t *s = p + 4;
  for (int i = 0; i < 256; i++) {
    int j = i / 32, quant = quants[i / 64 * 32 + i % 32] >> (j % 2 * 4) & 15;
    int scale = j < 4 ? s[j] & 63 : (s[j + 4] & 15) | s[j - 4] >> 6 << 4;
    int minimum = j < 4 ? s[j + 4] & 63 : s[j + 4] >> 4 | s[j] >> 6 << 4;
    if (fifth) quant |= (fifth[i % 32] >> j & 1) << 4;
    out[i] = half(p) * (float)scale * (float)quant - half(p + 2) * (float)minimum;
  }
}

static void read_q4_k(const uint8_t *p, float *out) { super(p, NULL, p + 16, out); }
static void read_q5_k(const uint8_t *p, float *out) { super(p, p + 16, p + 48, out); }
static void read_q6_k(const uint8_t *p, float *out) {
  for (int i = 0; i < 256; i++) {
    int part = i / 128, group = i % 128 / 32, lane = i % 32;
    int low = p[part * 64 + group % 2 * 32 + lane] >> (group / 2 * 4) & 15;
    int high = p[128 + part * 32 + lane] >> (group * 2) & 3;
    int8_t scale = (int8_t)p[192 + i / 16];
    out[i] = half(p + 208) * (float)scale * (float)((low | high << 4) - 32);
  }
}

const stored_type stored_types[] = {
    {"F32", CK_F32, 1, 4, read_f32, {3, 0}, 0x3c},
    {"F16", CK_F16, 1, 2, read_f16, {1, 0}, 0x28},
    {"BF16", CK_BF16, 1, 2, read_bf16, {1, 0}, 0x3c},
    {"Q4_0", CK_Q4_0, 32, 18, read_q4_0, {1, 0}, 0x28},
    {"Q4_1", CK_Q4_1, 32, 20, read_q4_1, {1, 3}, 0x28},
    {"Q5_0", CK_Q5_0, 32, 22, read_q5_0, {1, 0}, 0x28},
    {"Q5_1", CK_Q5_1, 32, 24, read_q5_1, {1, 3}, 0x28},
    {"Q8_0", CK_Q8_0, 32, 34, read_q8_0, {1, 0}, 0x20},
    {"Q4_K", CK_Q4_K, 256, 144, read_q4_k, {1, 3}, 0x20},
    {"Q5_K", CK_Q5_K, 256, 176, read_q5_k, {1, 3}, 0x20},
    {"Q6_K", CK_Q6_K, 256, 210, read_q6_k, {209, 0}, 0x20},
    {NULL, 0, 0, 0, NULL, {0, 0}, 0},
};
