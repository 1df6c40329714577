/// Attention over packed sequences against the textbook formula.
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEQUENCES = 4, POSITIONS = 160 };

typedef struct {
  ck_attention_shape shape;
  float *qkv, *workspace, *out;
  ck_sequence sequences[SEQUENCES];
  ck_patterns patterns;
} attention;

static void attend(ck_pool *pool, void *context) {
  attention *a = context;
  ck_attention(pool, a->shape, a->qkv, a->sequences, SEQUENCES, a->workspace, a->out, &a->patterns);
}

/// Dimension i of a head at a position, turned by it.
static double turned(const float *x, size_t i, size_t position, ck_attention_shape s) {
  size_t half = s.rotary_size / 2, pair, other;
  if (!s.rotary || i >= s.rotary_size) return x[i];
  int is_first = s.rotary_halves ? i < half : i % 2 == 0;
  pair = s.rotary_halves ? i % half : i / 2;
  other = s.rotary_halves ? (is_first ? i + half : i - half) : (is_first ? i + 1 : i - 1);
  double angle = (double)position * pow(10000, -2.0 * (double)pair / (double)s.rotary_size);
  return x[i] * cos(angle) + (is_first ? -1 : 1) * x[other] * sin(angle);
}

/// One query of one head: its weights over the sequence's keys, and its output.
static void plain(const attention *a, const float *qkv, const ck_sequence *s, size_t head,
                  size_t row, double *weights, double *out) {
  size_t size = a->shape.head_size, kv = head / (a->shape.heads / a->shape.kv_heads);
  size_t kv_size = a->shape.kv_heads * size, stride = a->shape.heads * size + 2 * kv_size;
  size_t keys = s->past_count + (a->shape.causal ? row + 1 : s->row_count);
  const float *query = qkv + (s->first_row + row) * stride + head * size;
  double sum = 0;
  memset(weights, 0, POSITIONS * sizeof *weights);
  memset(out, 0, size * sizeof *out);
  for (size_t key = 0; key < keys; key++) {
    int is_past = key < s->past_count;
    // The row of a key that isn't past; any row for one that is.
    size_t place = s->first_row + (is_past ? 0 : key - s->past_count);
    const float *from = qkv + place * stride + (a->shape.heads + kv) * size;
    double score = 0;
    for (size_t i = 0; i < size; i++)
      score += turned(query, i, s->past_count + row, a->shape) *
               (is_past ? s->past_keys[key * kv_size + kv * size + i]
                        : turned(from, i, key, a->shape));
    weights[key] = exp(score / sqrt((double)size));
    sum += weights[key];
  }
  for (size_t key = 0; key < keys; key++) {
    const float *value =
        key < s->past_count
            ? s->past_values + key * kv_size + kv * size
            : qkv + (s->first_row + key - s->past_count) * stride +
                  (a->shape.heads + a->shape.kv_heads + kv) * size;
    weights[key] /= sum;
    for (size_t i = 0; i < size; i++) out[i] += weights[key] * value[i];
  }
}

static void compare(const attention *a, const float *qkv) {
  double weights[POSITIONS], out[256];
  size_t place = 0, each = ck_pattern_size(a->sequences, SEQUENCES);
  for (int n = 0; n < SEQUENCES; n++) {
    const ck_sequence *s = &a->sequences[n];
    size_t keys = s->past_count + s->row_count, size = a->shape.head_size;
    for (size_t row = 0; row < s->row_count; row++, place += keys)
      for (size_t head = 0; head < a->shape.heads; head++) {
        plain(a, qkv, s, head, row, weights, out);
        const float *found = a->out + ((s->first_row + row) * a->shape.heads + head) * size;
        for (size_t i = 0; i < size; i++)
          check(fabs(found[i] - out[i]) < 1e-5, "attention, head size %zu", size);
        for (size_t i = 0; i < a->patterns.count; i++)
          for (size_t key = 0; a->patterns.heads[i] == head && key < keys; key++)
            check(fabs(a->patterns.out[i * each + place + key] - weights[key]) < 1e-6,
                  "pattern, head size %zu", size);
      }
  }
}

static void check_shape(ck_pool *pool, ck_attention_shape shape) {
  size_t kv_size = shape.kv_heads * shape.head_size, rows = 0;
  size_t stride = shape.heads * shape.head_size + 2 * kv_size, heads[] = {shape.heads - 1, 0};
  attention a = {.shape = shape};
  for (int n = 0; n < SEQUENCES; n++) {
    size_t past = chance(3) ? 0 : 1 + chance(50), count = n ? 1 + chance(70) : chance(2);
    a.sequences[n] = (ck_sequence){rows, count, past, guarded_floats(past * kv_size),
                                   guarded_floats(past * kv_size)};
    rows += count;
  }
  float *table = guarded_floats(POSITIONS * shape.rotary_size);
  ck_rotary_table(POSITIONS, shape.rotary_size, 10000, table);
  if (shape.rotary_size) a.shape.rotary = table;
  a.qkv = guarded_floats(rows * stride);
  a.out = guarded_floats(rows * shape.heads * shape.head_size);
  a.workspace = guarded_floats(ck_attention_workspace(a.shape, a.sequences, SEQUENCES));
  a.patterns = (ck_patterns){heads, 2, guarded_floats(2 * ck_pattern_size(a.sequences, SEQUENCES))};
  float *before = malloc(rows * stride * sizeof *before);
  memcpy(before, a.qkv, rows * stride * sizeof *before);
  on_pool(pool, attend, &a);
  compare(&a, before);
  free(before);
  guarded_free_all();
}

void check_attention(ck_pool *pool) {
  static const size_t sizes[] = {2, 6, 30, 32, 34, 64, 80, 128};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (int turn = 0; turn < 3; turn++) {
      size_t kv_heads = 1 + chance(3);
      ck_attention_shape shape = {kv_heads * (1 + chance(3)), kv_heads, sizes[i], (int)chance(2),
                                  NULL, 2 * chance((uint32_t)sizes[i] / 2 + 1), (int)chance(2)};
      check_shape(pool, shape);
    }
}
