/// Matrix products: one task takes one panel of 32 outputs and a block of rows; it expands the panel
/// once (it then lies in the core's second-level cache) and runs the tiles over it.
#include <string.h>

#include "kernels.h"

/// Rows of a block: many enough that expanding the panel is a small part of the work, few enough
/// that the block of `a` stays in the second-level cache beside the panel. A multiple of 12 and 6.
enum { BLOCK_ROWS = 120, TILE_ROWS_MAX = 16 };

typedef struct {
  ck_pool *pool;
  const float *a;
  size_t lda, rows;
  const ck_matrix *w;
  const float *bias;
  float *c;
  size_t ldc;
  int accumulate;
} product;

/// One tile whose panel has only `columns` (below 32) real outputs.
static void edge_tile(const product *p, int rows, const float *a, const float *panel, float *c,
                      size_t columns) {
  float full[TILE_ROWS_MAX * CK_PANEL];
  ck_pool_ops(p->pool)->tile(rows, p->w->columns, a, p->lda, panel, CK_PANEL, full, CK_PANEL, 0);
  for (int row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) {
      float *out = c + (size_t)row * p->ldc + i;
      *out = full[row * CK_PANEL + i] + (p->accumulate ? *out : 0);
    }
}

static void add_bias(const float *bias, float *c, size_t ldc, int rows, size_t columns) {
  for (int row = 0; row < rows; row++)
    for (size_t i = 0; i < columns; i++) c[(size_t)row * ldc + i] += bias[i];
}

static void panel_task(void *context, size_t index, int thread) {
  const product *p = context;
  const ck_ops *ops = ck_pool_ops(p->pool);
  size_t panel_index = index % p->w->panels, first = index / p->w->panels * BLOCK_ROWS;
  size_t last = first + BLOCK_ROWS < p->rows ? first + BLOCK_ROWS : p->rows;
  size_t column = panel_index * CK_PANEL;
  size_t columns = p->w->rows - column < CK_PANEL ? p->w->rows - column : CK_PANEL;
  const float *panel = ck_matrix_panel(p->w, panel_index, ops, ck_scratch(p->pool, thread));
  // Equal tiles: 13 rows go as 7 + 6, as a tile of one row would wait for its own sums.
  size_t tiles = (last - first + (size_t)ops->tile_rows - 1) / (size_t)ops->tile_rows;
  for (size_t tile = 0, row = first; tile < tiles; tile++) {
    int rows = (int)((last - row + tiles - tile - 1) / (tiles - tile));
    const float *a = p->a + row * p->lda;
    float *c = p->c + row * p->ldc + column;
    if (columns == CK_PANEL)
      ops->tile(rows, p->w->columns, a, p->lda, panel, CK_PANEL, c, p->ldc, p->accumulate);
    else
      edge_tile(p, rows, a, panel, c, columns);
    if (p->bias) add_bias(p->bias + column, c, p->ldc, rows, columns);
    row += (size_t)rows;
  }
}

void ck_gemm(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
             const float *bias, float *c, size_t ldc, int accumulate) {
  product p = {pool, a, lda, rows, w, bias, c, ldc, accumulate};
  ck_pool_reserve(pool, w->columns * CK_PANEL + 16);
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
  ck_parallel(pool, blocks * w->panels, panel_task, &p);
}
