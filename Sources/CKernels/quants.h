/// Packed panels into the layout of integer products, and rows rounded to integers; included once
/// for each instruction set after expand.h.
#include <math.h>

#include "integer.h"

typedef uint16_t CK_NAME(u16x8) __attribute__((vector_size(16)));
#define U16X8 CK_NAME(u16x8)

/// Four columns of sixteen lanes into [16 lanes][4 columns].
CK_INLINE void CK_NAME(interleave)(const U8X16 columns[4], uint8_t *out) {
  U16X8 pairs[4];
  for (int i = 0; i < 2; i++) {
    U8X16 a = columns[2 * i], b = columns[2 * i + 1];
    pairs[i] = (U16X8)__builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22,
                                              7, 23);
    pairs[2 + i] = (U16X8)__builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
                                                  29, 14, 30, 15, 31);
  }
  for (int i = 0; i < 2; i++, out += 32) {
    U16X8 low = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 0, 8, 1, 9, 2, 10, 3, 11);
    U16X8 high =
        __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 4, 12, 5, 13, 6, 14, 7, 15);
    memcpy(out, &low, 16);
    memcpy(out + 16, &high, 16);
  }
}

/// The quants of a group; `fifth` is NULL for those of four bits.
CK_INLINE void CK_NAME(group_quants)(const uint8_t *low, const uint8_t *fifth, uint8_t *out) {
  for (int step = 0; step < 8; step++, out += 128) {
    U8X16 first[4], second[4];
    for (int i = 0; i < 4; i++) {
      int k = 4 * step + i;
      U8X16 both;
      memcpy(&both, low + 16 * k, 16);
      first[i] = both & 15;
      second[i] = both >> 4;
      if (fifth) {
        first[i] |= CK_NAME(spread)(fifth + 4 * k, 16);
        second[i] |= CK_NAME(spread)(fifth + 4 * k + 2, 16);
      }
    }
    CK_NAME(interleave)(first, out);
    CK_NAME(interleave)(second, out + 64);
  }
}

/// Signed bytes, made unsigned by adding 128.
CK_INLINE void CK_NAME(byte_quants)(const uint8_t *bytes, uint8_t *out) {
  for (int step = 0; step < 8; step++, out += 128)
    for (int half = 0; half < 2; half++) {
      U8X16 columns[4];
      for (int i = 0; i < 4; i++) {
        memcpy(&columns[i], bytes + 32 * (4 * step + i) + 16 * half, 16);
        columns[i] ^= 128;
      }
      CK_NAME(interleave)(columns, out + 64 * half);
    }
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
    float largest, total = 0;
    for (int i = 0; i < 32; i++) {
      uint32_t bits;
      memcpy(&bits, x + i, 4);
      bits &= 0x7fffffff;
      top = bits > top ? bits : top;
    }
    memcpy(&largest, &top, 4);
    // What isn't finite must not become a number.
    int is_finite = top < 0x7f800000;
    float inverse = is_finite && top ? 127 / largest : 0;
    // The largest of the smallest numbers has no inverse.
    if (inverse > 3e38f) inverse = 0;
    for (int i = 0; i < 32; i++) {
      float whole = is_finite ? (x[i] * inverse + magic) - magic : 0;
      quants[i] = (int8_t)(int)whole;
      total += whole;
    }
    scales[group] = is_finite ? largest / 127 : NAN;
    sums[group] = total * scales[group];
  }
}
