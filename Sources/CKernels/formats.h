/// How the stored types are packed.
///
/// A panel holds 32 rows of the matrix ("lanes"), zero where there are none. F32, F16 and BF16 are
/// [columns][32] elements. The others are blocks of 32 or 256 columns, as in the file; a block is
///
///   32 half scales | 32 half minima (types that have them)
///   | lanes' own scales and minima of each group (types of 256 columns)
///   | for each group of 32 columns: [words][32 lanes] of the low bits | [words][32 lanes] of the
///     high bits
///
/// A lane's words, of 32 bits, hold its quants along the columns, so that lanes are vectors and a
/// column is a shift. Low four bits: byte j of word i = column 8 i + j in its low half, column
/// 8 i + 4 + j in its high half. Fifth bits: bit k of one word = column k. Q6_K's fifth and sixth:
/// from bit 2 (k % 16) on of word k / 16. Q8_0: byte j of word i = column 4 i + j. The six-bit scales
/// and minima of Q4_K and Q5_K take a byte each, [8 groups][32 lanes], which costs 3 %; Q6_K has
/// [16][32] scales. Words are little-endian, as files are.
#ifndef CK_FORMATS_H
#define CK_FORMATS_H

#include "kernels.h"

struct ck_matrix {
  int type, is_borrowed;
  size_t rows, columns, panels, panel_bytes;
  uint8_t *data;
};

/// What tells one type from another.
typedef struct {
  /// Columns of a block.
  size_t columns;
  /// Bytes of a block of one row in the file, and of 32 rows when packed.
  size_t file_bytes, packed_bytes;
  /// Where a packed block's minima, its lanes' scales and minima by group, and its groups begin; 0
  /// for what it hasn't.
  size_t minima, group_scales, group_minima, groups;
  /// Bytes of a group, and where in it the high bits begin; 0 for none.
  size_t group_bytes, high;
} ck_format;

/// NULL for an unknown type.
static inline const ck_format *ck_format_of(int type) {
  static const ck_format f32 = {1, 4, 128, 0, 0, 0, 0, 0, 0}, f16 = {1, 2, 64, 0, 0, 0, 0, 0, 0},
                         q4_0 = {32, 18, 576, 0, 0, 0, 64, 512, 0},
                         q4_1 = {32, 20, 640, 64, 0, 0, 128, 512, 0},
                         q5_0 = {32, 22, 704, 0, 0, 0, 64, 640, 512},
                         q5_1 = {32, 24, 768, 64, 0, 0, 128, 640, 512},
                         q8_0 = {32, 34, 1088, 0, 0, 0, 64, 1024, 0},
                         q4_k = {256, 144, 4736, 64, 128, 384, 640, 512, 0},
                         q5_k = {256, 176, 5760, 64, 128, 384, 640, 640, 512},
                         q6_k = {256, 210, 6720, 0, 64, 0, 576, 768, 512};
  switch (type) {
    case CK_F32: return &f32;
    case CK_F16:
    case CK_BF16: return &f16;
    case CK_Q4_0: return &q4_0;
    case CK_Q4_1: return &q4_1;
    case CK_Q5_0: return &q5_0;
    case CK_Q5_1: return &q5_1;
    case CK_Q8_0: return &q8_0;
    case CK_Q4_K: return &q4_k;
    case CK_Q5_K: return &q5_k;
    case CK_Q6_K: return &q6_k;
    default: return NULL;
  }
}

/// Stores the block that `from` holds in a file's layout as lane `lane` of the packed block `to`.
void ck_pack_block(int type, const uint8_t *from, uint8_t *to, size_t lane);
/// Columns [first, first + count) of a panel's lane as floats.
void ck_panel_lane(int type, const uint8_t *panel, size_t lane, size_t first, size_t count,
                   float *out);

#endif
