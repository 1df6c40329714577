/// Packed weight matrices: panels of 32 rows in the file's own precision.
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

static size_t packed_panel_bytes(int type, size_t columns) {
  switch (type) {
    case CK_F32:
      return columns * CK_PANEL * 4;
    case CK_F16:
    case CK_BF16:
      return columns * CK_PANEL * 2;
    case CK_Q4_1:
      return columns % 32 ? 0 : columns / 32 * CK_Q4_1_PACKED;
    case CK_Q8_0:
      return columns % 32 ? 0 : columns / 32 * CK_Q8_0_PACKED;
    default:
      return 0;
  }
}

ck_matrix *ck_matrix_create(int type, size_t rows, size_t columns) {
  size_t panel_bytes = packed_panel_bytes(type, columns), panels = (rows + CK_PANEL - 1) / CK_PANEL;
  size_t bytes = 0;
  if (columns && !panel_bytes) return NULL;
  if (__builtin_mul_overflow(panel_bytes, panels, &bytes)) return NULL;
  ck_matrix *matrix = calloc(1, sizeof *matrix);
  void *data = NULL;
  if (!matrix || posix_memalign(&data, 64, bytes ? bytes : 64)) {
    free(matrix);
    return NULL;
  }
  memset(data, 0, bytes);
  *matrix = (ck_matrix){type, rows, columns, panels, panel_bytes, data};
  return matrix;
}

void ck_matrix_free(ck_matrix *matrix) {
  if (!matrix) return;
  free(matrix->data);
  free(matrix);
}

size_t ck_matrix_byte_count(const ck_matrix *matrix) { return matrix->panels * matrix->panel_bytes; }

static void set_q4_1(uint8_t *panel, size_t column, size_t columns, const uint8_t *row) {
  for (size_t block = 0; block < columns / 32; block++, row += CK_Q4_1_BLOCK) {
    uint8_t *to = panel + block * CK_Q4_1_PACKED;
    memcpy(to + 2 * column, row, 2);
    memcpy(to + 64 + 2 * column, row + 2, 2);
    uint8_t *quants = to + 128 + column % 16;
    int shift = column < 16 ? 0 : 4;
    // In the file, byte i holds elements i (low) and i + 16 (high).
    for (int i = 0; i < 16; i++) {
      quants[16 * i] |= (uint8_t)((row[4 + i] & 15) << shift);
      quants[16 * (i + 16)] |= (uint8_t)((row[4 + i] >> 4) << shift);
    }
  }
}

static void set_q8_0(uint8_t *panel, size_t column, size_t columns, const uint8_t *row) {
  for (size_t block = 0; block < columns / 32; block++, row += CK_Q8_0_BLOCK) {
    uint8_t *to = panel + block * CK_Q8_0_PACKED;
    memcpy(to + 2 * column, row, 2);
    for (int i = 0; i < 32; i++) to[64 + 32 * i + column] = row[2 + i];
  }
}

void ck_matrix_set_rows(ck_matrix *matrix, size_t first, size_t count, const void *source) {
  const uint8_t *from = source;
  size_t columns = matrix->columns, row_bytes = matrix->panel_bytes / CK_PANEL;
  for (size_t row = first; row < first + count; row++, from += row_bytes) {
    uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
    size_t column = row % CK_PANEL;
    switch (matrix->type) {
      case CK_F32:
        for (size_t k = 0; k < columns; k++) memcpy(panel + 4 * (32 * k + column), from + 4 * k, 4);
        break;
      case CK_F16:
      case CK_BF16:
        for (size_t k = 0; k < columns; k++) memcpy(panel + 2 * (32 * k + column), from + 2 * k, 2);
        break;
      case CK_Q4_1:
        set_q4_1(panel, column, columns, from);
        break;
      default:
        set_q8_0(panel, column, columns, from);
        break;
    }
  }
}

/// Element (row `lane` of the panel, column `k`).
static float element(const ck_matrix *matrix, const uint8_t *panel, size_t lane, size_t k) {
  const uint8_t *block;
  switch (matrix->type) {
    case CK_F32:
      return ((const float *)(const void *)panel)[32 * k + lane];
    case CK_F16:
      return ck_half(((const uint16_t *)(const void *)panel)[32 * k + lane]);
    case CK_BF16:
      return ck_bfloat(((const uint16_t *)(const void *)panel)[32 * k + lane]);
    case CK_Q4_1: {
      block = panel + k / 32 * CK_Q4_1_PACKED;
      const uint16_t *scales = (const uint16_t *)(const void *)block;
      uint8_t byte = block[128 + 16 * (k % 32) + lane % 16];
      float scaled = ck_half(scales[lane]) * (float)(lane < 16 ? byte & 15 : byte >> 4);
      return scaled + ck_half(scales[32 + lane]);
    }
    default: {
      block = panel + k / 32 * CK_Q8_0_PACKED;
      float scale = ck_half(((const uint16_t *)(const void *)block)[lane]);
      return scale * (float)(int8_t)block[64 + 32 * (k % 32) + lane];
    }
  }
}

void ck_matrix_row(const ck_matrix *matrix, size_t row, float *out) {
  const uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
  for (size_t k = 0; k < matrix->columns; k++) out[k] = element(matrix, panel, row % CK_PANEL, k);
}

void ck_matrix_column(const ck_matrix *matrix, size_t column, float *out) {
  for (size_t row = 0; row < matrix->rows; row++) {
    const uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
    out[row] = element(matrix, panel, row % CK_PANEL, column);
  }
}

const float *ck_matrix_panel(const ck_matrix *matrix, size_t panel, const ck_ops *ops,
                             float *scratch) {
  const uint8_t *data = matrix->data + panel * matrix->panel_bytes;
  switch (matrix->type) {
    case CK_F32:
      return (const float *)(const void *)data;
    case CK_F16:
      ops->expand_f16((const uint16_t *)(const void *)data, matrix->columns, scratch);
      return scratch;
    case CK_BF16:
      ops->expand_bf16((const uint16_t *)(const void *)data, matrix->columns, scratch);
      return scratch;
    case CK_Q4_1:
      ops->expand_q4_1(data, matrix->columns, scratch);
      return scratch;
    default:
      ops->expand_q8_0(data, matrix->columns, scratch);
      return scratch;
  }
}
