/// Packed weight matrices: panels of 32 rows in the file's own precision.
#include <stdlib.h>
#include <string.h>

#include "formats.h"

static size_t panel_count(size_t rows) { return rows / CK_PANEL + (rows % CK_PANEL != 0); }

size_t ck_matrix_packed_size(int type, size_t rows, size_t columns) {
  const ck_format *format = ck_format_of(type);
  size_t panel_bytes, bytes;
  if (!format || columns % format->columns) return SIZE_MAX;
  if (__builtin_mul_overflow(columns / format->columns, format->packed_bytes, &panel_bytes) ||
      __builtin_mul_overflow(panel_bytes, panel_count(rows), &bytes))
    return SIZE_MAX;
  return bytes;
}

static ck_matrix *create(int type, size_t rows, size_t columns, uint8_t *data, int is_borrowed) {
  ck_matrix *matrix = calloc(1, sizeof *matrix);
  if (!matrix) return NULL;
  const ck_format *format = ck_format_of(type);
  size_t panel_bytes = columns / format->columns * format->packed_bytes;
  *matrix = (ck_matrix){type, is_borrowed, rows, columns, panel_count(rows), panel_bytes, data};
  return matrix;
}

ck_matrix *ck_matrix_create(int type, size_t rows, size_t columns) {
  size_t bytes = ck_matrix_packed_size(type, rows, columns);
  void *data = NULL;
  if (bytes == SIZE_MAX || posix_memalign(&data, 64, bytes ? bytes : 64)) return NULL;
  ck_matrix *matrix = create(type, rows, columns, data, 0);
  if (!matrix) {
    free(data);
    return NULL;
  }
  memset(data, 0, bytes);
  return matrix;
}

ck_matrix *ck_matrix_create_over(int type, size_t rows, size_t columns, const void *packed) {
  size_t bytes = ck_matrix_packed_size(type, rows, columns);
  if (bytes == SIZE_MAX || (uintptr_t)packed % 64 || (bytes && !packed)) return NULL;
  // Only `ck_matrix_set_rows` writes, and not to borrowed memory.
  return create(type, rows, columns, (uint8_t *)(uintptr_t)packed, 1);
}

void ck_matrix_free(ck_matrix *matrix) {
  if (!matrix) return;
  if (!matrix->is_borrowed) free(matrix->data);
  free(matrix);
}

size_t ck_matrix_byte_count(const ck_matrix *matrix) { return matrix->panels * matrix->panel_bytes; }
const void *ck_matrix_bytes(const ck_matrix *matrix) { return matrix->data; }

void ck_matrix_set_rows(ck_matrix *matrix, size_t first, size_t count, const void *source) {
  const ck_format *f = ck_format_of(matrix->type);
  const uint8_t *from = source;
  if (matrix->is_borrowed) return;
  for (size_t row = first; row < first + count; row++) {
    uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
    size_t lane = row % CK_PANEL;
    if (f->columns == 1) {
      size_t size = f->file_bytes;
      for (size_t k = 0; k < matrix->columns; k++, from += size)
        memcpy(panel + size * (32 * k + lane), from, size);
      continue;
    }
    for (size_t block = 0; block < matrix->columns / f->columns; block++, from += f->file_bytes)
      ck_pack_block(matrix->type, from, panel + block * f->packed_bytes, lane);
  }
}

void ck_matrix_row(const ck_matrix *matrix, size_t row, float *out) {
  const uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
  ck_panel_lane(matrix->type, panel, row % CK_PANEL, 0, matrix->columns, out);
}

void ck_matrix_column(const ck_matrix *matrix, size_t column, float *out) {
  for (size_t row = 0; row < matrix->rows; row++) {
    const uint8_t *panel = matrix->data + row / CK_PANEL * matrix->panel_bytes;
    ck_panel_lane(matrix->type, panel, row % CK_PANEL, column, 1, out + row);
  }
}
