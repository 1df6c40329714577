/// Packed panels into the layout of integer products, and rows rounded to integers; included once
/// for each instruction set after expand.h.
#include <math.h>

#include "integer.h"

/// Quants of a group as bytes, [8][32 lanes][4 columns]; `more` is NULL for those of four bits.
CK_INLINE void CK_NAME(group_quants)(const uint8_t *low, const uint8_t *more, uint8_t *out) {
  for (int lanes = 0; lanes < 32; lanes += 16) {
    U32X16 highs = {0};
    if (more) memcpy(&highs, more + 4 * lanes, 64);
    for (int step = 0; step < 8; step++, highs >>= 4) {
      U32X16 four;
      memcpy(&four, low + 4 * (32 * (step / 2) + lanes), 64);
      four = four >> (uint32_t)(step % 2 * 4) & 0x0f0f0f0f;
      // The product has bit j of the four at bit 8 j.
      if (more) four |= ((highs & 15) * 0x00204081 & 0x01010101) << 4;
      memcpy(out + 4 * (32 * step + lanes), &four, 64);
    }
  }
}

/// Signed bytes, made unsigned by adding 128.
CK_INLINE void CK_NAME(byte_quants)(const uint8_t *bytes, uint8_t *out) {
  for (int i = 0; i < 1024; i++) out[i] = bytes[i] ^ 128;
}

static void CK_NAME(expand_quants)(int type, const uint8_t *panel, size_t first, size_t columns,
                                   ck_quant_panel *out) {
  const ck_format *f = ck_format_of(type);
  uint8_t *quants = out->quants;
  float *scales = out->scales, *minima = out->minima;
  float bias = type == CK_Q4_0 ? 8 : type == CK_Q5_0 ? 16 : 128;
  for (size_t column = first; column < first + columns; column += 32) {
    const uint8_t *block = panel + column / f->columns * f->packed_bytes;
    size_t index = column % f->columns / 32;
    const uint8_t *group = block + f->groups + index * f->group_bytes;
    CK_NAME(halves)(block, scales);
    if (f->minima) {
      CK_NAME(halves)(block + f->minima, minima);
    } else {
      for (int lane = 0; lane < 32; lane++) minima[lane] = -bias * scales[lane];
    }
    if (f->group_scales) {
      CK_NAME(scaled)(block + f->group_scales + 32 * index, 0, scales, 1, scales);
      CK_NAME(scaled)(block + f->group_minima + 32 * index, 0, minima, -1, minima);
    }
    if (type == CK_Q8_0)
      CK_NAME(byte_quants)(group, quants);
    else if (f->high)
      CK_NAME(group_quants)(group, group + f->high, quants);
    else
      CK_NAME(group_quants)(group, NULL, quants);
    quants += 1024;
    scales += 32;
    minima += 32;
  }
}

static void CK_NAME(round)(const float *x, size_t groups, int8_t *quants, float *scales,
                           float *sums) {
  // Adding 1.5 * 2^23 rounds to a whole number.
  const float magic = 12582912.0f;
  for (size_t group = 0; group < groups; group++, x += 32, quants += 32) {
    uint32_t top = 0;
    float largest;
    for (int i = 0; i < 32; i++) {
      uint32_t bits;
      memcpy(&bits, x + i, 4);
      bits &= 0x7fffffff;
      top = bits > top ? bits : top;
    }
    memcpy(&largest, &top, 4);
    // What isn't finite must not become a number.
    if (top >= 0x7f800000) {
      memset(quants, 0, 32);
      scales[group] = sums[group] = NAN;
      continue;
    }
    // The largest of the smallest numbers has no inverse.
    float inverse = largest > 1e-36f ? 127 / largest : 0;
    int32_t whole[32], total = 0;
    for (int i = 0; i < 32; i++) whole[i] = (int32_t)((x[i] * inverse + magic) - magic);
    for (int i = 0; i < 32; i++) total += whole[i];
    for (int i = 0; i < 32; i++) quants[i] = (int8_t)whole[i];
    scales[group] = largest / 127;
    sums[group] = (float)total * scales[group];
  }
}
