/// Scaled dot-product attention with grouped heads over packed sequences, on the product's tiles.
///
/// First keys are rotated and laid out in panels, [head_size][32 keys], so that scores are tiles of
/// queries times panels; values are copied beside those of the past. Then each task takes a tile of
/// queries of one group of heads.
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
  size_t stride, kv_size;
} attention;

static size_t key_count(const ck_sequence *s) { return s->past_count + s->row_count; }
static size_t key_panels(const ck_sequence *s) { return (key_count(s) + CK_PANEL - 1) / CK_PANEL; }
/// Floats of a sequence's key panels; its values follow them.
static size_t panel_floats(const ck_sequence *s, size_t kv_size) {
  return key_panels(s) * CK_PANEL * kv_size;
}
static size_t sequence_floats(const ck_sequence *s, size_t kv_size) {
  return panel_floats(s, kv_size) + key_count(s) * kv_size;
}

static float *sequence_space(const attention *a, size_t index) {
  float *space = a->workspace;
  for (size_t i = 0; i < index; i++) space += sequence_floats(&a->sequences[i], a->kv_size);
  return space;
}

size_t ck_attention_workspace(ck_attention_shape shape, const ck_sequence *sequences,
                              size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += sequence_floats(&sequences[i], shape.kv_heads * shape.head_size);
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

static void rotate(float *x, const float *rotary, size_t head_size) {
  for (size_t i = 0; i < head_size; i += 2) {
    float c = rotary[i], s = rotary[i + 1], even = x[i], odd = x[i + 1];
    x[i] = even * c - odd * s;
    x[i + 1] = even * s + odd * c;
  }
}

/// Rotates and lays out the 32 keys and values from `index` * 32 on.
static void key_task(void *context, size_t index, int thread) {
  const attention *a = context;
  size_t head_size = a->shape.head_size, kv_size = a->kv_size, number;
  (void)thread;
  const ck_sequence *s = find(a, &index, CK_PANEL, 1, &number);
  float *space = sequence_space(a, number), *values = space + panel_floats(s, kv_size);
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
        rotate(row + head * head_size, a->shape.rotary + position * head_size, head_size);
      keys = row + a->shape.heads * head_size;
      value = keys + kv_size;
    }
    // [kv head][head_size][32 keys]
    for (size_t i = 0; i < kv_size; i++) panel[i * CK_PANEL + lane] = keys[i];
    memcpy(values + position * kv_size, value, kv_size * sizeof *values);
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
  const float *values = space + panel_floats(s, a->kv_size) + kv_head * size;
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
    for (size_t j = 0; j < size; j += CK_PANEL)
      ops->tile(rows, keys, tile_scores, width, values + j, a->kv_size,
                out + row * a->shape.heads * size + j, a->shape.heads * size, 0);
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
                  size_t count, float *workspace, float *out) {
  size_t kv_size = shape.kv_heads * shape.head_size;
  attention a = {pool, shape, qkv, sequences, count, workspace, out,
                 (shape.heads + 2 * shape.kv_heads) * shape.head_size, kv_size};
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

void ck_rotary_table(size_t positions, size_t head_size, double base, float *out) {
  for (size_t i = 0; i < head_size / 2; i++) {
    double frequency = pow(base, -2.0 * (double)i / (double)head_size);
    for (size_t position = 0; position < positions; position++) {
      out[position * head_size + 2 * i] = (float)cos((double)position * frequency);
      out[position * head_size + 2 * i + 1] = (float)sin((double)position * frequency);
    }
  }
}

void ck_attention_export(ck_attention_shape shape, const ck_sequence *sequences, size_t count,
                         size_t index, const float *workspace, float *keys, float *values) {
  size_t kv_size = shape.kv_heads * shape.head_size;
  if (index >= count) return;
  for (size_t i = 0; i < index; i++) workspace += sequence_floats(&sequences[i], kv_size);
  const ck_sequence *s = &sequences[index];
  for (size_t position = 0; position < key_count(s); position++) {
    const float *panel = workspace + position / CK_PANEL * CK_PANEL * kv_size;
    for (size_t i = 0; i < kv_size; i++)
      keys[position * kv_size + i] = panel[i * CK_PANEL + position % CK_PANEL];
  }
  memcpy(values, workspace + panel_floats(s, kv_size), key_count(s) * kv_size * sizeof *values);
}
