/// Packed panels into floats, in vectors that the compiler fits to the instruction set; included
/// once for each, as rows.h is. The including file has CK_NAME(halves), which turns 32 halves into
/// floats.
///
/// Every value is exact up to the last addition: a scale's 11 bits (17 with a group's) times a
/// quant's 8 at most fit into a float's 24. So a fused multiply-add changes nothing.
#include <string.h>

#include "formats.h"

typedef uint32_t CK_NAME(u32x16) __attribute__((vector_size(64)));
typedef int32_t CK_NAME(i32x16) __attribute__((vector_size(64)));
typedef float CK_NAME(f32x16) __attribute__((vector_size(64)));
#define U32X16 CK_NAME(u32x16)
#define I32X16 CK_NAME(i32x16)
#define F32X16 CK_NAME(f32x16)

/// Where column j of eight begins in a word of four-bit quants.
CK_INLINE int CK_NAME(place)(int j) { return j % 4 * 8 + j / 4 * 4; }

/// Words [first, first + count) of a group whose quants have four low bits and `high` (0, 1 or 2)
/// more: 8 columns each, less `bias`, times the scales, plus the minima (none when NULL).
CK_INLINE void CK_NAME(columns)(const uint8_t *low, const uint8_t *more, int high, int first,
                                int count, int bias, const float *scales, const float *minima,
                                float *out) {
  for (int lanes = 0; lanes < 32; lanes += 16) {
    F32X16 scale, minimum;
    U32X16 highs = {0};
    memcpy(&scale, scales + lanes, 64);
    if (minima) memcpy(&minimum, minima + lanes, 64);
    for (int word = first; word < first + count; word++) {
      float *to = out + 32 * 8 * word + lanes;
      U32X16 lows;
      memcpy(&lows, low + 4 * (32 * word + lanes), 64);
      // This word's high bits moved to the bottom.
      if (high == 1) {
        memcpy(&highs, more + 4 * lanes, 64);
        highs >>= (uint32_t)(8 * word);
      }
      if (high == 2) {
        memcpy(&highs, more + 4 * (32 * (word / 2) + lanes), 64);
        highs >>= (uint32_t)(16 * (word % 2));
      }
#pragma clang loop unroll(full)
      for (int j = 0; j < 8; j++, to += 32) {
        U32X16 quants = lows >> (uint32_t)CK_NAME(place)(j) & 15;
        int from = high * j;
        if (high)
          quants |= (from < 4 ? highs << (uint32_t)(4 - from) : highs >> (uint32_t)(from - 4)) &
                    (high == 1 ? 16u : 48u);
        F32X16 value = __builtin_convertvector((I32X16)quants - bias, F32X16);
        value = minima ? value * scale + minimum : value * scale;
        memcpy(to, &value, 64);
      }
    }
  }
}

CK_INLINE void CK_NAME(signed_bytes)(const uint8_t *words, const float *scales, float *out) {
  for (int lanes = 0; lanes < 32; lanes += 16) {
    F32X16 scale;
    memcpy(&scale, scales + lanes, 64);
    for (int word = 0; word < 8; word++) {
      U32X16 four;
      memcpy(&four, words + 4 * (32 * word + lanes), 64);
#pragma clang loop unroll(full)
      for (int j = 0; j < 4; j++) {
        I32X16 whole = (I32X16)(four << (uint32_t)(24 - 8 * j)) >> 24;
        F32X16 value = __builtin_convertvector(whole, F32X16) * scale;
        memcpy(out + 32 * (4 * word + j) + lanes, &value, 64);
      }
    }
  }
}

/// products = bytes * factors, 32 of them.
CK_INLINE void CK_NAME(scaled)(const uint8_t *bytes, int is_signed, const float *factors,
                               float sign, float *products) {
  for (int lane = 0; lane < 32; lane++) {
    float byte = is_signed ? (float)(int8_t)bytes[lane] : (float)bytes[lane];
    products[lane] = factors[lane] * (sign * byte);
  }
}

/// Group `index` of a block of 256 columns, whose scales and minima are `scale` and `minimum`.
CK_INLINE void CK_NAME(super_group)(int type, const ck_format *f, const uint8_t *block,
                                    size_t index, const float *scale, const float *minimum,
                                    float *out) {
  const uint8_t *group = block + f->groups + index * f->group_bytes;
  float scales[32], minima[32];
  if (type == CK_Q6_K) {
    for (int half = 0; half < 2; half++) {
      CK_NAME(scaled)(block + f->group_scales + 32 * (2 * index + (size_t)half), 1, scale, 1,
                      scales);
      CK_NAME(columns)(group, group + f->high, 2, 2 * half, 2, 32, scales, NULL, out);
    }
    return;
  }
  CK_NAME(scaled)(block + f->group_scales + 32 * index, 0, scale, 1, scales);
  CK_NAME(scaled)(block + f->group_minima + 32 * index, 0, minimum, -1, minima);
  if (type == CK_Q4_K)
    CK_NAME(columns)(group, NULL, 0, 0, 4, 0, scales, minima, out);
  else
    CK_NAME(columns)(group, group + f->high, 1, 0, 4, 0, scales, minima, out);
}

CK_INLINE void CK_NAME(expand_blocks)(int type, const uint8_t *panel, size_t first, size_t columns,
                                      float *out) {
  const ck_format *f = ck_format_of(type);
  float scale[32], minimum[32];
  for (size_t column = first; column < first + columns; column += 32, out += 1024) {
    const uint8_t *block = panel + column / f->columns * f->packed_bytes;
    const uint8_t *group = block + f->groups, *more = group + f->high;
    if (column == first || column % f->columns == 0) {
      CK_NAME(halves)(block, scale);
      if (f->minima) CK_NAME(halves)(block + f->minima, minimum);
    }
    switch (type) {
      case CK_Q4_0: CK_NAME(columns)(group, NULL, 0, 0, 4, 8, scale, NULL, out); break;
      case CK_Q4_1: CK_NAME(columns)(group, NULL, 0, 0, 4, 0, scale, minimum, out); break;
      case CK_Q5_0: CK_NAME(columns)(group, more, 1, 0, 4, 16, scale, NULL, out); break;
      case CK_Q5_1: CK_NAME(columns)(group, more, 1, 0, 4, 0, scale, minimum, out); break;
      case CK_Q8_0: CK_NAME(signed_bytes)(group, scale, out); break;
      default: {
        size_t index = column % f->columns / 32;
        CK_NAME(super_group)(type, f, block, index, scale, minimum, out);
      }
    }
  }
}

static void CK_NAME(expand)(int type, const uint8_t *panel, size_t first, size_t columns,
                            float *out) {
  switch (type) {
    case CK_F32: memcpy(out, panel + 128 * first, 128 * columns); break;
    case CK_F16:
      for (size_t k = 0; k < columns; k++)
        CK_NAME(halves)(panel + 64 * (first + k), out + 32 * k);
      break;
    case CK_BF16:
      for (size_t i = 0; i < 32 * columns; i++) {
        uint16_t bits;
        memcpy(&bits, panel + 64 * first + 2 * i, 2);
        out[i] = ck_bfloat(bits);
      }
      break;
    // Each type for itself, so that what it hasn't costs nothing.
#define CASE(type) \
  case type: CK_NAME(expand_blocks)(type, panel, first, columns, out); break
      CASE(CK_Q4_0);
      CASE(CK_Q4_1);
      CASE(CK_Q5_0);
      CASE(CK_Q5_1);
      CASE(CK_Q8_0);
      CASE(CK_Q4_K);
      CASE(CK_Q5_K);
      CASE(CK_Q6_K);
#undef CASE
  }
}
