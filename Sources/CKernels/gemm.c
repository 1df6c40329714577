/// Matrix products. The rows of `a` are first packed side by side, a tile of them at a time. Then one
/// task takes one panel of 32 outputs, and goes through it a chunk of columns at a time: it expands
/// the chunk, which then lies in the core's first cache, and runs the tiles over it.
#include <string.h>

#include "integer.h"

/// Rows of a block: many enough that expanding the panel is a small part of the work, few enough
/// that the packed rows stay near the core. A multiple of 12, 8 and 6.
enum { BLOCK_ROWS = 240, TILE_ROWS_MAX = 16 };
/// Columns of a chunk at most; with 32 floats each, 24 kB.
enum { CHUNK = 192 };
/// A chunk that begins and ends within groups of 32 columns.
enum { SCRATCH_FLOATS = (CHUNK + 64) * CK_PANEL };

typedef struct {
  ck_pool *pool;
  const float *a;
  size_t lda, rows;
  /// The rows of the block, tile after tile: [count, rows of the tile].
  float *packed;
  size_t tile_count;
  /// For products of pairs: their kernels, and the rows again, [pairs, rows of the tile].
  const ck_pair_ops *pairs;
  uint32_t *paired;
  const ck_matrix *w;
  /// The columns of w that are used.
  size_t first, count;
  const float *bias;
  float *c;
  size_t ldc;
  int accumulate;
} product;

/// The first row of a tile. Tiles are about equal: 13 rows go as 7 + 6, as a tile of one row would
/// wait for its own sums.
static size_t tile_start(const product *p, size_t tile) { return tile * p->rows / p->tile_count; }

typedef float v4 __attribute__((vector_size(16)));

static inline v4 load(const float *p) {
  v4 v;
  memcpy(&v, p, 16);
  return v;
}

/// out[k * rows + row] = a[row * lda + k] for four rows and as many k as go by fours.
static void transpose(size_t k, const float *a, size_t lda, float *out, size_t rows) {
  for (size_t i = 0; i + 4 <= k; i += 4, out += 4 * rows) {
    v4 r0 = load(a + i), r1 = load(a + lda + i), r2 = load(a + 2 * lda + i),
       r3 = load(a + 3 * lda + i);
    v4 low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
    v4 low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
    v4 high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
    v4 high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
    v4 columns[4] = {__builtin_shufflevector(low01, low23, 0, 1, 4, 5),
                     __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
                     __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
                     __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
    for (size_t j = 0; j < 4; j++) memcpy(out + j * rows, &columns[j], 16);
  }
}

/// Packs a tile of rows.
static void pack_task(void *context, size_t tile, int thread) {
  const product *p = context;
  size_t first = tile_start(p, tile), rows = tile_start(p, tile + 1) - first, k = p->count;
  const float *a = p->a + first * p->lda;
  float *out = p->packed + first * k;
  (void)thread;
  // Four at a time; the last four may overlap those before.
  for (size_t row = 0; rows >= 4 && row < rows; row += 4) {
    size_t start = row + 4 <= rows ? row : rows - 4;
    transpose(k, a + start * p->lda, p->lda, out + start, rows);
  }
  for (size_t i = rows >= 4 ? k / 4 * 4 : 0; i < k; i++)
    for (size_t row = 0; row < rows; row++) out[i * rows + row] = a[row * p->lda + i];
  if (p->pairs) p->pairs->pair(k, rows, out, p->paired + first * ((k + 1) / 2));
}

/// The panel's columns [first, last) as floats: in place for F32, else expanded into `scratch`.
static const float *chunk_of(const ck_matrix *w, size_t panel, const ck_ops *ops, size_t first,
                             size_t last, float *scratch) {
  const uint8_t *data = w->data + panel * w->panel_bytes;
  if (w->type == CK_F32) return (const float *)(const void *)data + first * CK_PANEL;
  // Whole groups of 32; what is plain may end between two.
  size_t start = first / 32 * 32, end = (last + 31) / 32 * 32;
  if (end > w->columns) end = w->columns;
  ops->expand(w->type, data, start, end - start, scratch);
  return scratch + (first - start) * CK_PANEL;
}

/// Copies or adds the `columns` (below 32) real outputs of a tile.
static void store_edge(const float *full, size_t rows, size_t columns, float *c, size_t ldc,
                       int accumulate) {
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) {
      float *out = c + row * ldc + i;
      *out = full[row * CK_PANEL + i] + (accumulate ? *out : 0);
    }
}

static void add_bias(const float *bias, float *c, size_t ldc, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) c[row * ldc + i] += bias[i];
}

/// One tile over k columns of the panel from `done` on; `chunk` is of pairs where products are.
static void one_tile(const product *p, size_t first, size_t rows, size_t done, size_t k,
                     const void *chunk, float *c, size_t ldc, int accumulate) {
  if (p->pairs) {
    const uint32_t *a = p->paired + first * ((p->count + 1) / 2) + done / 2 * rows;
    p->pairs->tile((int)rows, (k + 1) / 2, a, chunk, c, ldc, accumulate);
  } else {
    const float *a = p->packed + first * p->count + done * rows;
    ck_pool_ops(p->pool)->packed_tile((int)rows, k, a, chunk, c, ldc, accumulate);
  }
}

/// Stored bytes that will be wanted after this chunk.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} upcoming;

/// With few rows a product waits for memory: what follows this chunk in memory, as much again, is
/// the next one or belongs to the next panel.
static upcoming after(const product *p, size_t panel, size_t last, size_t k) {
  size_t bytes_per_column = p->w->columns ? p->w->panel_bytes / p->w->columns : 0;
  size_t start = panel * p->w->panel_bytes + last * bytes_per_column;
  size_t end = p->w->panels * p->w->panel_bytes, count = k * bytes_per_column;
  return (upcoming){p->w->data + start, end - start < count ? end - start : count};
}

/// Asks for part `part` of `parts`, cache line by cache line.
static void prefetch(upcoming next, size_t part, size_t parts) {
  size_t end = next.count * (part + 1) / parts;
  for (size_t i = next.count * part / parts / 64 * 64; i < end; i += 64)
    __builtin_prefetch(next.bytes + i, 0, 2);
}

/// Asks for the outputs of a tile before it is reached, as rows of c lie far apart in memory.
static void prefetch_outputs(const float *c, size_t ldc, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i += 16) __builtin_prefetch(c + row * ldc + i, 1, 3);
}

/// All tiles over k columns of the panel from `done` on.
static void tiles(const product *p, size_t done, size_t k, const void *chunk, upcoming next,
                  float *c, size_t columns, int accumulate) {
  float full[TILE_ROWS_MAX * CK_PANEL];
  for (size_t tile = 0; tile < p->tile_count; tile++) {
    size_t first = tile_start(p, tile), rows = tile_start(p, tile + 1) - first;
    float *out = c + first * p->ldc;
    prefetch(next, tile, p->tile_count);
    size_t following = (tile + 1) % p->tile_count, then = tile_start(p, following);
    prefetch_outputs(c + then * p->ldc, p->ldc, tile_start(p, following + 1) - then, columns);
    if (columns == CK_PANEL) {
      one_tile(p, first, rows, done, k, chunk, out, p->ldc, accumulate);
    } else {
      one_tile(p, first, rows, done, k, chunk, full, CK_PANEL, 0);
      store_edge(full, rows, columns, out, p->ldc, accumulate);
    }
  }
}

static void panel_task(void *context, size_t panel, int thread) {
  const product *p = context;
  size_t column = panel * CK_PANEL, left = p->w->rows - column;
  size_t columns = left < CK_PANEL ? left : CK_PANEL;
  float *c = p->c + column;
  size_t done = 0, chunks = (p->count + CHUNK - 1) / CHUNK;
  do {
    // About equal ones, of whole groups of 32 columns.
    size_t rest = p->count - done, k = chunks > 1 ? (rest / chunks + 31) / 32 * 32 : rest;
    size_t first = p->first + done;
    float *scratch = ck_scratch(p->pool, thread);
    const void *chunk =
        chunk_of(p->w, panel, ck_pool_ops(p->pool), first, first + k, scratch);
    if (p->pairs) {
      uint32_t *pairs = (uint32_t *)(void *)(scratch + SCRATCH_FLOATS);
      p->pairs->pair(k, CK_PANEL, chunk, pairs);
      chunk = pairs;
    }
    upcoming next = after(p, panel, first + k, k);
    tiles(p, done, k, chunk, next, c, columns, p->accumulate || done);
    done += k;
    chunks--;
  } while (done < p->count);
  if (p->bias) add_bias(p->bias + column, c, p->ldc, p->rows, columns);
}

/// The product of a block of rows.
static void block(product *p) {
  size_t most = (size_t)ck_pool_ops(p->pool)->tile_rows, count = p->rows * p->count;
  p->tile_count = (p->rows + most - 1) / most;
  // Never nothing, so that there is an address.
  p->packed = ck_pool_shared(p->pool, 2 * count + p->rows + 1);
  p->paired = (uint32_t *)(void *)(p->packed + count);
  ck_parallel(p->pool, p->tile_count, pack_task, p);
  ck_parallel(p->pool, p->w->panels, panel_task, p);
}

void ck_gemm_columns(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
                     size_t first, size_t count, const float *bias, float *c, size_t ldc,
                     int accumulate) {
  ck_pool_reserve(pool, 2 * SCRATCH_FLOATS);
  int arithmetic = ck_pool_arithmetic(pool);
  int is_integer = arithmetic == CK_INTEGERS && count == w->columns &&
                   ck_arithmetic_available(pool, CK_INTEGERS, w->type);
  // Equal blocks, as a short last one would be a worse bargain.
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
  for (size_t i = 0; i < blocks; i++) {
    size_t row = i * rows / blocks, some = (i + 1) * rows / blocks - row;
    product p = {.pool = pool, .a = a + row * lda, .lda = lda, .rows = some, .w = w, .first = first};
    p.count = count;
    p.bias = bias;
    p.c = c + row * ldc;
    p.ldc = ldc;
    p.accumulate = accumulate;
    if (arithmetic == CK_PAIRS) p.pairs = ck_pool_pair_ops(pool);
    if (is_integer)
      ck_integer_product(pool, ck_pool_integer_ops(pool), p.a, lda, some, w, bias, p.c, ldc,
                         accumulate);
    else
      block(&p);
  }
}

void ck_gemm(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
             const float *bias, float *c, size_t ldc, int accumulate) {
  ck_gemm_columns(pool, a, lda, rows, w, 0, w->columns, bias, c, ldc, accumulate);
}
