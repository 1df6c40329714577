/// Packed panels into floats, in vectors that the compiler fits to the instruction set; included
/// once for each, as rows.h is. The including file has CK_NAME(halves), which turns 32 halves into
/// floats.
///
/// Every value is exact up to the last addition: a scale's 11 bits (17 with a group's) times a
/// quant's 8 at most fit into a float's 24. So a fused multiply-add changes nothing.
#include <string.h>

#include "formats.h"

typedef uint8_t CK_NAME(u8x8) __attribute__((vector_size(8)));
typedef uint8_t CK_NAME(u8x16) __attribute__((vector_size(16)));
typedef int8_t CK_NAME(i8x16) __attribute__((vector_size(16)));
typedef uint32_t CK_NAME(u32x4) __attribute__((vector_size(16)));
typedef float CK_NAME(f32x16) __attribute__((vector_size(64)));
#define U8X16 CK_NAME(u8x16)
#define F32X16 CK_NAME(f32x16)

/// Sixteen quants less `bias`, times the scales, plus the minima (none when NULL).
CK_INLINE void CK_NAME(sixteen)(const U8X16 *quants, int bias, const float *scales,
                                const float *minima, float *out) {
  F32X16 scale, minimum, value;
  memcpy(&scale, scales, 64);
  // Unsigned bytes below 128 are the same as signed ones.
  CK_NAME(i8x16) whole = (CK_NAME(i8x16))*quants - (int8_t)bias;
  if (bias)
    value = __builtin_convertvector(whole, F32X16) * scale;
  else
    value = __builtin_convertvector(*quants, F32X16) * scale;
  if (minima) {
    memcpy(&minimum, minima, 64);
    value += minimum;
  }
  memcpy(out, &value, 64);
}

/// Bit `bit` of lane j from bit j of the mask's two bytes.
CK_INLINE U8X16 CK_NAME(spread)(const uint8_t *mask, uint8_t bit) {
  U8X16 bytes = {mask[0], mask[1]};
  const U8X16 bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  bytes = __builtin_shufflevector(bytes, bytes, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
  return (U8X16)((bytes & bits) != 0) & bit;
}

/// `count` columns of a group whose quants have four low bits and `high` (0, 1 or 2) more.
CK_INLINE void CK_NAME(columns)(const uint8_t *low, const uint8_t *more, int high, int count,
                                int bias, const float *scales, const float *minima, float *out) {
  for (int k = 0; k < count; k++, out += 32) {
    U8X16 both;
    memcpy(&both, low + 16 * k, 16);
    U8X16 first = both & 15, second = both >> 4;
    if (high == 1) {
      first |= CK_NAME(spread)(more + 4 * k, 16);
      second |= CK_NAME(spread)(more + 4 * k + 2, 16);
    }
    if (high == 2) {
      U8X16 four = {0};
      memcpy(&four, more + 8 * k, 8);
      // Lanes 0 to 7 from the lowest two bits, 8 to 15 from the next, and so on.
      U8X16 pairs = __builtin_shufflevector(four, four >> 2, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19,
                                            20, 21, 22, 23);
      first |= (pairs & 3) << 4;
      second |= pairs & 0x30;
    }
    CK_NAME(sixteen)(&first, bias, scales, minima, out);
    CK_NAME(sixteen)(&second, bias, scales + 16, minima ? minima + 16 : NULL, out + 16);
  }
}

CK_INLINE void CK_NAME(signed_bytes)(const uint8_t *quants, const float *scales, float *out) {
  F32X16 scale[2], value;
  memcpy(scale, scales, sizeof scale);
  for (int i = 0; i < 64; i++, quants += 16, out += 16) {
    CK_NAME(i8x16) whole;
    memcpy(&whole, quants, 16);
    value = __builtin_convertvector(whole, F32X16) * scale[i % 2];
    memcpy(out, &value, 64);
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
      CK_NAME(columns)(group + 256 * half, group + f->high + 128 * half, 2, 16, 32, scales, NULL,
                       out + 512 * half);
    }
    return;
  }
  CK_NAME(scaled)(block + f->group_scales + 32 * index, 0, scale, 1, scales);
  CK_NAME(scaled)(block + f->group_minima + 32 * index, 0, minimum, -1, minima);
  if (type == CK_Q4_K)
    CK_NAME(columns)(group, NULL, 0, 32, 0, scales, minima, out);
  else
    CK_NAME(columns)(group, group + f->high, 1, 32, 0, scales, minima, out);
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
      case CK_Q4_0: CK_NAME(columns)(group, NULL, 0, 32, 8, scale, NULL, out); break;
      case CK_Q4_1: CK_NAME(columns)(group, NULL, 0, 32, 0, scale, minimum, out); break;
      case CK_Q5_0: CK_NAME(columns)(group, more, 1, 32, 16, scale, NULL, out); break;
      case CK_Q5_1: CK_NAME(columns)(group, more, 1, 32, 0, scale, minimum, out); break;
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
