/// Scaled dot-product attention with grouped heads over packed sequences, on the product's tiles.
///
/// First keys are rotated and laid out in panels, [kv head][head_size][32 keys], so that scores are
/// tiles of queries times panels; values are copied beside those of the past, each head's padded
/// with zeros to whole tiles. Then each task takes a tile of queries of one group of heads.
#include <math.h>
#include <string.h>

#include "kernels.h"

/// Queries of a task.
enum { QUERIES = 12 };

typedef struct {
  ck_pool *pool;
  ck_attention_shape shape;
  float *qkv;
  const ck_sequence *sequences;
  size_t count;
  float *workspace, *out;
  const ck_patterns *patterns;
  /// Floats of a row of qkv, of a key, and of a head's value and a whole one when padded.
  size_t stride, kv_size, value_size, values_size;
} attention;

static size_t padded(size_t head_size) { return (head_size + CK_PANEL - 1) / CK_PANEL * CK_PANEL; }

static size_t key_count(const ck_sequence *s) { return s->past_count + s->row_count; }
static size_t key_panels(const ck_sequence *s) { return (key_count(s) + CK_PANEL - 1) / CK_PANEL; }
/// Floats of a sequence's key panels; its values follow them.
static size_t panel_floats(const ck_sequence *s, ck_attention_shape shape) {
  return key_panels(s) * CK_PANEL * shape.kv_heads * shape.head_size;
}
static size_t sequence_floats(const ck_sequence *s, ck_attention_shape shape) {
  return panel_floats(s, shape) + key_count(s) * shape.kv_heads * padded(shape.head_size);
}

static float *sequence_space(const attention *a, size_t index) {
  float *space = a->workspace;
  for (size_t i = 0; i < index; i++) space += sequence_floats(&a->sequences[i], a->shape);
  return space;
}

size_t ck_attention_workspace(ck_attention_shape shape, const ck_sequence *sequences,
                              size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += sequence_floats(&sequences[i], shape);
  return sum;
}

size_t ck_pattern_size(const ck_sequence *sequences, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += sequences[i].row_count * key_count(&sequences[i]);
  return sum;
}

/// Finds the sequence of task `index`, of which sequence s has (size(s) + unit - 1) / unit.
static const ck_sequence *find(const attention *a, size_t *index, size_t unit, int keys,
                               size_t *number) {
  for (size_t i = 0; i < a->count; i++) {
    size_t size = keys ? key_count(&a->sequences[i]) : a->sequences[i].row_count;
    size_t tasks = (size + unit - 1) / unit;
    if (*index < tasks) {
      *number = i;
      return &a->sequences[i];
    }
    *index -= tasks;
  }
  return NULL;
}

/// Turns the pairs (i * step, i * step + apart) by their angles.
static inline __attribute__((always_inline)) void turn(float *x, const float *rotary, size_t pairs,
                                                       size_t step, size_t apart) {
  for (size_t i = 0; i < pairs; i++) {
    float *first = x + i * step, *second = first + apart;
    float c = rotary[2 * i], s = rotary[2 * i + 1], a = *first, b = *second;
    *first = a * c - b * s;
    *second = a * s + b * c;
  }
}

static void rotate(float *x, const float *rotary, ck_attention_shape shape) {
  size_t pairs = shape.rotary_size / 2;
  // Each for itself, so that steps are constants.
  if (shape.rotary_halves)
    turn(x, rotary, pairs, 1, pairs);
  else
    turn(x, rotary, pairs, 2, 1);
}

/// Rotates and lays out the 32 keys and values from `index` * 32 on.
static void key_task(void *context, size_t index, int thread) {
  const attention *a = context;
  size_t head_size = a->shape.head_size, kv_size = a->kv_size, number;
  (void)thread;
  const ck_sequence *s = find(a, &index, CK_PANEL, 1, &number);
  float *space = sequence_space(a, number), *values = space + panel_floats(s, a->shape);
  float *panel = space + index * CK_PANEL * kv_size;
  memset(panel, 0, CK_PANEL * kv_size * sizeof *panel);
  for (size_t lane = 0; lane < CK_PANEL; lane++) {
    size_t position = index * CK_PANEL + lane;
    if (position >= key_count(s)) break;
    const float *keys, *value;
    if (position < s->past_count) {
      keys = s->past_keys + position * kv_size;
      value = s->past_values + position * kv_size;
    } else {
      float *row = a->qkv + (s->first_row + position - s->past_count) * a->stride;
      size_t rotated = a->shape.heads + a->shape.kv_heads;
      for (size_t head = 0; a->shape.rotary && head < rotated; head++)
        rotate(row + head * head_size, a->shape.rotary + position * a->shape.rotary_size, a->shape);
      keys = row + a->shape.heads * head_size;
      value = keys + kv_size;
    }
    // [kv head][head_size][32 keys]
    for (size_t i = 0; i < kv_size; i++) panel[i * CK_PANEL + lane] = keys[i];
    float *to = values + position * a->values_size;
    for (size_t head = 0; head < a->shape.kv_heads; head++, to += a->value_size) {
      memcpy(to, value + head * head_size, head_size * sizeof *to);
      memset(to + head_size, 0, (a->value_size - head_size) * sizeof *to);
    }
  }
}

/// Keeps the scores of `rows` queries from `first` on where this head's patterns are wanted.
static void keep_pattern(const attention *a, const ck_sequence *s, size_t head, size_t first,
                         int rows, size_t keys, const float *scores, size_t width) {
  size_t before = ck_pattern_size(a->sequences, (size_t)(s - a->sequences));
  size_t each = ck_pattern_size(a->sequences, a->count), all = key_count(s);
  for (size_t i = 0; i < a->patterns->count; i++) {
    if (a->patterns->heads[i] != head) continue;
    float *out = a->patterns->out + i * each + before + first * all;
    for (int row = 0; row < rows; row++, out += all) {
      memcpy(out, scores + (size_t)row * width, keys * sizeof *out);
      memset(out + keys, 0, (all - keys) * sizeof *out);
    }
  }
}

/// out[rows, head_size] = scores[rows, keys] * values.
static void weigh(const attention *a, int rows, size_t keys, const float *scores, size_t width,
                  const float *values, float *out) {
  const ck_ops *ops = ck_pool_ops(a->pool);
  size_t size = a->shape.head_size, out_stride = a->shape.heads * size;
  float edge[QUERIES * CK_PANEL];
  for (size_t j = 0; j < size; j += CK_PANEL) {
    int is_whole = j + CK_PANEL <= size;
    ops->tile(rows, keys, scores, width, values + j, a->values_size, is_whole ? out + j : edge,
              is_whole ? out_stride : CK_PANEL, 0);
    for (int row = 0; !is_whole && row < rows; row++)
      memcpy(out + (size_t)row * out_stride + j, edge + row * CK_PANEL, (size - j) * sizeof *out);
  }
}

/// A tile of queries of sequence `s`, one head.
static void one_head(const attention *a, const ck_sequence *s, float *space, size_t first,
                     size_t queries, size_t head, float *scores) {
  const ck_ops *ops = ck_pool_ops(a->pool);
  size_t size = a->shape.head_size, kv_head = head / (a->shape.heads / a->shape.kv_heads);
  size_t last = s->past_count + first + queries;
  size_t keys = a->shape.causal ? last : key_count(s);
  size_t panels = (keys + CK_PANEL - 1) / CK_PANEL, width = panels * CK_PANEL;
  float *query = a->qkv + (s->first_row + first) * a->stride + head * size;
  float *out = a->out + (s->first_row + first) * a->shape.heads * size + head * size;
  const float *values = space + panel_floats(s, a->shape) + kv_head * a->value_size;
  for (size_t row = 0; row < queries; row += (size_t)ops->tile_rows) {
    size_t left = queries - row;
    int rows = left < (size_t)ops->tile_rows ? (int)left : ops->tile_rows;
    float *tile_scores = scores + row * width;
    for (size_t p = 0; p < panels; p++)
      ops->tile(rows, size, query + row * a->stride, a->stride,
                space + (p * a->kv_size + kv_head * size) * CK_PANEL, CK_PANEL,
                tile_scores + p * CK_PANEL, width, 0);
    for (int i = 0; i < rows; i++) {
      size_t seen = a->shape.causal ? s->past_count + first + row + (size_t)i + 1 : keys;
      ops->softmax(tile_scores + (size_t)i * width, seen, 1 / sqrtf((float)size));
      memset(tile_scores + (size_t)i * width + seen, 0, (keys - seen) * sizeof(float));
    }
    if (a->patterns) keep_pattern(a, s, head, first + row, rows, keys, tile_scores, width);
    weigh(a, rows, keys, tile_scores, width, values, out + row * a->shape.heads * size);
  }
}

static void query_task(void *context, size_t index, int thread) {
  const attention *a = context;
  size_t group = index % a->shape.kv_heads, tile = index / a->shape.kv_heads, number;
  const ck_sequence *s = find(a, &tile, QUERIES, 0, &number);
  float *space = sequence_space(a, number);
  size_t first = tile * QUERIES, left = s->row_count - first;
  size_t queries = left < QUERIES ? left : QUERIES, heads = a->shape.heads / a->shape.kv_heads;
  for (size_t head = group * heads; head < (group + 1) * heads; head++)
    one_head(a, s, space, first, queries, head, ck_scratch(a->pool, thread));
}

void ck_attention(ck_pool *pool, ck_attention_shape shape, float *qkv, const ck_sequence *sequences,
                  size_t count, float *workspace, float *out, const ck_patterns *patterns) {
  size_t value_size = padded(shape.head_size);
  attention a = {.pool = pool, .shape = shape, .qkv = qkv, .sequences = sequences, .count = count};
  a.workspace = workspace;
  a.out = out;
  a.patterns = patterns && patterns->count ? patterns : NULL;
  a.stride = (shape.heads + 2 * shape.kv_heads) * shape.head_size;
  a.kv_size = shape.kv_heads * shape.head_size;
  a.value_size = value_size;
  a.values_size = shape.kv_heads * value_size;
  size_t key_tasks = 0, query_tiles = 0, panels_max = 0;
  for (size_t i = 0; i < count; i++) {
    size_t panels = key_panels(&sequences[i]);
    key_tasks += panels;
    query_tiles += (sequences[i].row_count + QUERIES - 1) / QUERIES;
    panels_max = panels > panels_max ? panels : panels_max;
  }
  ck_pool_reserve(pool, QUERIES * panels_max * CK_PANEL + 16);
  ck_parallel(pool, key_tasks, key_task, &a);
  ck_parallel(pool, query_tiles * shape.kv_heads, query_task, &a);
}

/// Pair i of each position.
static void fill(size_t positions, size_t size, size_t i, double frequency, double magnitude,
                 float *out) {
  for (size_t position = 0; position < positions; position++) {
    double angle = (double)position * frequency;
    out[position * size + 2 * i] = (float)(cos(angle) * magnitude);
    out[position * size + 2 * i + 1] = (float)(sin(angle) * magnitude);
  }
}

void ck_rotary_table(size_t positions, size_t size, double base, float *out) {
  for (size_t i = 0; i < size / 2; i++)
    fill(positions, size, i, pow(base, -2.0 * (double)i / (double)size), 1, out);
}

void ck_rotary_table_of(size_t positions, size_t size, const double *frequencies, double magnitude,
                        float *out) {
  for (size_t i = 0; i < size / 2; i++)
    fill(positions, size, i, frequencies[i], magnitude, out);
}

void ck_attention_export(ck_attention_shape shape, const ck_sequence *sequences, size_t count,
                         size_t index, const float *workspace, float *keys, float *values) {
  size_t size = shape.head_size, kv_size = shape.kv_heads * size, value_size = padded(size);
  if (index >= count) return;
  for (size_t i = 0; i < index; i++) workspace += sequence_floats(&sequences[i], shape);
  const ck_sequence *s = &sequences[index];
  const float *value = workspace + panel_floats(s, shape);
  for (size_t position = 0; position < key_count(s); position++) {
    const float *panel = workspace + position / CK_PANEL * CK_PANEL * kv_size;
    for (size_t i = 0; i < kv_size; i++)
      keys[position * kv_size + i] = panel[i * CK_PANEL + position % CK_PANEL];
    for (size_t head = 0; head < shape.kv_heads; head++, value += value_size)
      memcpy(values + position * kv_size + head * size, value, size * sizeof *values);
  }
}
