/// Products of every stored type, whose elements are read by a plain reader of the file's layout.
#include "check.h"
#include "reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const float *a;
  size_t lda, rows;
  ck_matrix *w;
  size_t first, count;
  const float *bias;
  float *c;
  size_t ldc;
  int accumulate;
} product;

static void multiply(ck_pool *pool, void *context) {
  product *p = context;
  ck_gemm_columns(pool, p->a, p->lda, p->rows, p->w, p->first, p->count, p->bias, p->c, p->ldc,
                  p->accumulate);
}

static void fill(const stored_type *type, uint8_t *bytes, size_t blocks) {
  for (size_t i = 0; i < blocks * type->bytes; i++) bytes[i] = (uint8_t)chance(256);
  for (size_t i = 0; i < blocks; i++) {
    uint8_t *block = bytes + i * type->bytes;
    // Halves of reasonable size; the same bits make the plain types' elements small.
    for (int j = 0; j < 2; j++)
      if (type->halves[j]) block[type->halves[j]] = (block[type->halves[j]] & 0x83) | type->top;
  }
}

/// Rows and columns as floats, and the whole through memory that is borrowed.
static ck_matrix *matrix_of(const stored_type *type, const uint8_t *bytes, const float *w,
                            size_t outputs, size_t columns) {
  ck_matrix *own = ck_matrix_create(type->type, outputs, columns);
  size_t per_row = columns / type->elements * type->bytes;
  // In two parts, as stacked tensors are.
  ck_matrix_set_rows(own, 0, outputs / 2, bytes);
  ck_matrix_set_rows(own, outputs / 2, outputs - outputs / 2, bytes + outputs / 2 * per_row);
  float *row = guarded_floats(columns), *column = guarded_floats(outputs);
  for (size_t i = 0; i < outputs; i += 1 + outputs / 5) {
    ck_matrix_row(own, i, row);
    for (size_t k = 0; k < columns; k++)
      check(row[k] == w[i * columns + k], "%s: row %zu, column %zu", type->name, i, k);
  }
  for (size_t k = 0; k < columns; k += 1 + columns / 5) {
    ck_matrix_column(own, k, column);
    for (size_t i = 0; i < outputs; i++)
      check(column[i] == w[i * columns + k], "%s: column %zu, row %zu", type->name, k, i);
  }
  size_t size = ck_matrix_byte_count(own);
  check(size == ck_matrix_packed_size(type->type, outputs, columns), "%s: size", type->name);
  if (size % 64) return own;
  // Sizes are multiples of 64, so that the end is at the guard and aligned all the same.
  void *packed = guarded(size, 0);
  memcpy(packed, ck_matrix_bytes(own), size);
  ck_matrix_free(own);
  return ck_matrix_create_over(type->type, outputs, columns, packed);
}

/// What rounding a row's groups of 32 to eight bits may cost an output at most.
static double rounding(const float *a, const float *w, size_t columns) {
  double sum = 0;
  for (size_t group = 0; group < columns; group += 32) {
    double largest = 0, weights = 0;
    for (size_t k = group; k < group + 32; k++) {
      largest = fmax(largest, fabs((double)a[k]));
      weights += fabs((double)w[k]);
    }
    sum += largest / 254 * weights;
  }
  return sum * 1.001;
}

/// Products in lesser arithmetic stay within the bounds of rounding, and are much better on the whole.
static void lesser_product(ck_pool *pool, int arithmetic, const stored_type *type, const float *w,
                           size_t columns, product p) {
  double error = 0, size = 0;
  if (!ck_arithmetic_available(pool, arithmetic, type->type)) return;
  ck_pool_set_arithmetic(pool, arithmetic);
  p.first = 0;
  p.count = p.lda = columns;
  p.accumulate = 0;
  p.bias = NULL;
  p.a = guarded_floats(p.rows * columns);
  on_pool(pool, multiply, &p);
  ck_pool_set_arithmetic(pool, CK_FLOATS);
  size_t outputs = p.ldc;
  for (size_t i = 0; i < p.rows * outputs; i++) {
    const float *a = p.a + i / outputs * columns, *from = w + i % outputs * columns;
    double sum = 0, parts = 0;
    for (size_t k = 0; k < columns; k++) {
      sum += (double)a[k] * (double)from[k];
      parts += fabs((double)a[k] * (double)from[k]);
    }
    double distance = fabs((double)p.c[i] - sum);
    // Half a unit of eight bits, 1/256, on each side.
    double bound = arithmetic == CK_PAIRS ? parts / 126 : rounding(a, from, columns);
    check(distance <= bound + 1e-5 * parts, "%s in arithmetic %d: %zu x %zu x %zu", type->name,
          arithmetic, p.rows, outputs, columns);
    error += distance * distance;
    size += sum * sum;
  }
  check(p.rows * outputs * columns < 10000 || error < 1e-4 * size, "%s in arithmetic %d: error %g",
        type->name, arithmetic, sqrt(error / size));
}

static void one_product(ck_pool *pool, const stored_type *type, size_t rows, size_t outputs,
                        size_t columns) {
  size_t blocks = outputs * columns / type->elements;
  uint8_t *bytes = guarded(blocks * type->bytes, 0);
  float *w = guarded_floats(outputs * columns);
  fill(type, bytes, blocks);
  for (size_t i = 0; i < blocks; i++)
    type->read(bytes + i * type->bytes, w + i * type->elements);
  product p = {.rows = rows, .w = matrix_of(type, bytes, w, outputs, columns)};
  if (!p.w) {
    check(0, "%s: no matrix", type->name);
    return;
  }
  p.first = chance(3) ? 0 : chance((uint32_t)columns + 1);
  p.count = chance(3) ? columns - p.first : chance((uint32_t)(columns - p.first) + 1);
  p.lda = p.count + chance(2) * chance(9);
  p.ldc = outputs + chance(2) * chance(9);
  p.accumulate = (int)chance(2);
  // Only what belongs to the matrices exists: the last row has no gap behind it.
  p.a = guarded_floats(rows ? (rows - 1) * p.lda + p.count : 0);
  size_t c_count = rows ? (rows - 1) * p.ldc + outputs : 0;
  p.c = guarded_floats(c_count);
  p.bias = chance(2) ? guarded_floats(outputs) : NULL;
  float *before = malloc((c_count + 1) * sizeof *before);
  memcpy(before, p.c, c_count * sizeof *before);
  on_pool(pool, multiply, &p);
  for (size_t i = 0; i < c_count; i++) {
    size_t row = i / p.ldc, output = i % p.ldc;
    if (output >= outputs) {
      check(p.c[i] == before[i], "%s: wrote between rows", type->name);
      continue;
    }
    double sum = (p.bias ? p.bias[output] : 0) + (p.accumulate ? (double)before[i] : 0);
    double size = fabs(sum) + 1e-30;
    for (size_t k = 0; k < p.count; k++) {
      double part = (double)p.a[row * p.lda + k] * (double)w[output * columns + p.first + k];
      sum += part;
      size += fabs(part);
    }
    check(fabs((double)p.c[i] - sum) <= 2e-6 * size, "%s: %zu x %zu x %zu of %zu, at %zu, %zu",
          type->name, rows, outputs, p.count, columns, row, output);
  }
  free(before);
  p.ldc = outputs;
  p.c = guarded_floats(rows * outputs);
  lesser_product(pool, CK_PAIRS, type, w, columns, p);
  lesser_product(pool, CK_INTEGERS, type, w, columns, p);
  ck_matrix_free(p.w);
  guarded_free_all();
}

void check_products(ck_pool *pool) {
  static const size_t some_rows[] = {0, 1, 2, 3, 5, 6, 7, 12, 13, 25, 64, 241};
  static const size_t some_outputs[] = {0, 1, 31, 32, 33, 50, 64, 97};
  for (const stored_type *type = stored_types; type->name; type++)
    for (int turn = 0; turn < 24; turn++) {
      size_t rows = turn < 12 ? some_rows[turn] : some_rows[chance(11)];
      size_t outputs = turn < 8 ? some_outputs[turn] : some_outputs[chance(8)];
      size_t columns = type->elements == 1 ? chance(260) : type->elements * chance(5);
      if (type->elements == 256 && columns > 512) columns = 512;
      if (turn == 23) columns = 768;
      one_product(pool, type, rows, outputs, columns);
    }
}
