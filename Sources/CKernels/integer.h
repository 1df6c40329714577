/// Products in integers: rows of `a` are rounded to eight bits, 32 columns at a time with a scale of
/// their own; quants of w are taken as they are stored. Sums within 32 columns are exact.
#ifndef CK_INTEGER_H
#define CK_INTEGER_H

#include "formats.h"

/// Rows rounded to integers: x = scale * quant.
typedef struct {
  /// [rows, groups * 32].
  int8_t *quants;
  /// [rows, groups]: the scale, and scale times the sum of the quants.
  float *scales, *sums;
  size_t groups;
} ck_rounded;

/// Some groups of a panel: w = scale * quant + minimum.
typedef struct {
  /// [groups][8][32 lanes][4 columns], unsigned.
  uint8_t *quants;
  /// [groups][32].
  float *scales, *minima;
} ck_quant_panel;

/// The inner kernels of one instruction set.
typedef struct {
  int tile_rows;
  /// Quants of more bits aren't worth it: AVX2 would have to multiply eight bits in two halves, which
  /// is slower than floats.
  int bits_max;
  /// Rounds a row of whole groups.
  void (*round)(const float *x, size_t groups, int8_t *quants, float *scales, float *sums);
  /// Columns [first, first + columns) of a packed panel, both multiples of 32.
  void (*expand)(int type, const uint8_t *panel, size_t first, size_t columns, ck_quant_panel *out);
  /// c[rows, 32] (+)= a * w over `groups` groups; `a` begins at its first, and quants of w have
  /// `bits` bits.
  void (*tile)(int bits, int rows, size_t groups, const ck_rounded *a, const ck_quant_panel *w,
               float *c, size_t ldc, int accumulate);
} ck_integer_ops;

#if defined(__x86_64__)
extern const ck_integer_ops ck_integer_ops_avx2, ck_integer_ops_vnni;
#endif

/// Bits of a type's quants when they can be multiplied as integers, else 0.
static inline int ck_integer_bits(int type) {
  switch (type) {
    case CK_Q4_0:
    case CK_Q4_1:
    case CK_Q4_K: return 4;
    case CK_Q5_0:
    case CK_Q5_1:
    case CK_Q5_K: return 5;
    case CK_Q8_0: return 8;
    default: return 0;
  }
}

/// NULL when this pool has none.
const ck_integer_ops *ck_pool_integer_ops(const ck_pool *pool);
int ck_pool_arithmetic(const ck_pool *pool);

/// The product of a block of rows; all columns of w.
void ck_integer_product(ck_pool *pool, const ck_integer_ops *ops, const float *a, size_t lda,
                        size_t rows, const ck_matrix *w, const float *bias, float *c, size_t ldc,
                        int accumulate);

#endif
