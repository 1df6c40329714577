/// A plain reader of GGUF's element types, after ggml's `dequantize_row_*` (ggml-quants.c).
#ifndef READER_H
#define READER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *name;
  int type;
  size_t elements, bytes;
  void (*read)(const uint8_t *block, float *out);
  /// The upper bytes of the block's halves (or of its one element), 0 for none; the bits that make
  /// their numbers small.
  size_t halves[2];
  uint8_t top;
} stored_type;

/// All types that have a packed form, and an entry without a name.
extern const stored_type stored_types[];

#endif
