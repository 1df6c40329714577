/// Matrix products: one task takes one panel of 32 outputs and a block of rows, and goes through the
/// panel a chunk of columns at a time: it expands the chunk, which then lies in the core's first
/// cache, and runs the tiles over it.
#include <string.h>

#include "formats.h"

/// Rows of a block: many enough that expanding the panel is a small part of the work, few enough
/// that the block of `a` stays in the second-level cache. A multiple of 12 and 6.
enum { BLOCK_ROWS = 240, TILE_ROWS_MAX = 16 };
/// Columns of a chunk at most; with 32 floats each, 24 kB.
enum { CHUNK = 192 };

typedef struct {
  ck_pool *pool;
  const float *a;
  size_t lda, rows, block_rows;
  const ck_matrix *w;
  /// The columns of w that are used.
  size_t first, count;
  const float *bias;
  float *c;
  size_t ldc;
  int accumulate;
} product;

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

/// One tile whose panel has only `columns` (below 32) real outputs.
static void edge_tile(const product *p, int rows, size_t k, const float *a, const float *panel,
                      float *c, size_t columns, int accumulate) {
  float full[TILE_ROWS_MAX * CK_PANEL];
  ck_pool_ops(p->pool)->tile(rows, k, a, p->lda, panel, CK_PANEL, full, CK_PANEL, 0);
  for (int row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) {
      float *out = c + (size_t)row * p->ldc + i;
      *out = full[row * CK_PANEL + i] + (accumulate ? *out : 0);
    }
}

static void add_bias(const float *bias, float *c, size_t ldc, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) c[row * ldc + i] += bias[i];
}

/// All tiles of `rows` rows over a chunk of k columns.
static void tiles(const product *p, size_t rows, size_t k, const float *a, const float *panel,
                  float *c, size_t columns, int accumulate) {
  const ck_ops *ops = ck_pool_ops(p->pool);
  // Equal tiles: 13 rows go as 7 + 6, as a tile of one row would wait for its own sums.
  size_t count = (rows + (size_t)ops->tile_rows - 1) / (size_t)ops->tile_rows;
  for (size_t tile = 0, row = 0; tile < count; tile++) {
    size_t some = (rows - row + count - tile - 1) / (count - tile);
    if (columns == CK_PANEL)
      ops->tile((int)some, k, a + row * p->lda, p->lda, panel, CK_PANEL, c + row * p->ldc, p->ldc,
                accumulate);
    else
      edge_tile(p, (int)some, k, a + row * p->lda, panel, c + row * p->ldc, columns, accumulate);
    row += some;
  }
}

static void panel_task(void *context, size_t index, int thread) {
  const product *p = context;
  size_t panel = index % p->w->panels, row = index / p->w->panels * p->block_rows;
  size_t rows = p->rows - row < p->block_rows ? p->rows - row : p->block_rows;
  size_t column = panel * CK_PANEL, left = p->w->rows - column;
  size_t columns = left < CK_PANEL ? left : CK_PANEL;
  const float *a = p->a + row * p->lda;
  float *c = p->c + row * p->ldc + column;
  size_t done = 0, chunks = (p->count + CHUNK - 1) / CHUNK;
  do {
    // About equal ones, of whole groups of 32 columns.
    size_t rest = p->count - done, k = chunks > 1 ? (rest / chunks + 31) / 32 * 32 : rest;
    size_t first = p->first + done;
    const float *chunk = chunk_of(p->w, panel, ck_pool_ops(p->pool), first, first + k,
                                  ck_scratch(p->pool, thread));
    tiles(p, rows, k, a + done, chunk, c, columns, p->accumulate || done);
    done += k;
    chunks--;
  } while (done < p->count);
  if (p->bias) add_bias(p->bias + column, c, p->ldc, rows, columns);
}

void ck_gemm_columns(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
                     size_t first, size_t count, const float *bias, float *c, size_t ldc,
                     int accumulate) {
  // Equal blocks, as a short last one would be a worse bargain and leave a thread waiting.
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
  size_t block_rows = blocks ? (rows + blocks - 1) / blocks : 0;
  product p = {pool, a, lda, rows, block_rows, w, first, count, bias, c, ldc, accumulate};
  ck_pool_reserve(pool, (CHUNK + 64) * CK_PANEL);
  ck_parallel(pool, blocks * w->panels, panel_task, &p);
}

void ck_gemm(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
             const float *bias, float *c, size_t ldc, int accumulate) {
  ck_gemm_columns(pool, a, lda, rows, w, 0, w->columns, bias, c, ldc, accumulate);
}
