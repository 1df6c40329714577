/// Products in integers, shared out as those in floats are: see integer.h and gemm.c.
#include "integer.h"

#include <string.h>

/// Groups of 32 columns that are expanded at a time: 6 kB of quants.
enum { CHUNK_GROUPS = 6, TILE_ROWS_MAX = 16 };

typedef struct {
  ck_pool *pool;
  const ck_integer_ops *ops;
  const float *a;
  size_t lda, rows;
  ck_rounded rounded;
  const ck_matrix *w;
  const float *bias;
  float *c;
  size_t ldc;
  int accumulate;
} product;

static void round_task(void *context, size_t row, int thread) {
  const product *p = context;
  size_t groups = p->rounded.groups;
  (void)thread;
  p->ops->round(p->a + row * p->lda, groups, p->rounded.quants + row * groups * 32,
                p->rounded.scales + row * groups, p->rounded.sums + row * groups);
}

/// All tiles over some groups of the panel.
static void tiles(const product *p, size_t first_group, size_t groups, const ck_quant_panel *panel,
                  size_t column, int accumulate) {
  size_t most = (size_t)p->ops->tile_rows, count = (p->rows + most - 1) / most;
  size_t left = p->w->rows - column, columns = left < CK_PANEL ? left : CK_PANEL;
  int bits = ck_integer_bits(p->w->type);
  float full[TILE_ROWS_MAX * CK_PANEL];
  for (size_t tile = 0; tile < count; tile++) {
    size_t row = tile * p->rows / count, rows = (tile + 1) * p->rows / count - row;
    size_t place = row * p->rounded.groups + first_group;
    ck_rounded a = {p->rounded.quants + 32 * place, p->rounded.scales + place,
                    p->rounded.sums + place, p->rounded.groups};
    float *c = p->c + row * p->ldc + column;
    if (columns == CK_PANEL) {
      p->ops->tile(bits, (int)rows, groups, &a, panel, c, p->ldc, accumulate);
      continue;
    }
    p->ops->tile(bits, (int)rows, groups, &a, panel, full, CK_PANEL, 0);
    for (size_t i = 0; i < rows * columns; i++) {
      float *out = c + i / columns * p->ldc + i % columns;
      *out = full[i / columns * CK_PANEL + i % columns] + (accumulate ? *out : 0);
    }
  }
}

static void panel_task(void *context, size_t index, int thread) {
  const product *p = context;
  const uint8_t *data = p->w->data + index * p->w->panel_bytes;
  float *scratch = ck_scratch(p->pool, thread);
  size_t column = index * CK_PANEL, groups = p->rounded.groups, done = 0;
  ck_quant_panel panel = {(uint8_t *)(scratch + 2 * CHUNK_GROUPS * 32), scratch,
                          scratch + CHUNK_GROUPS * 32};
  do {
    size_t some = groups - done < CHUNK_GROUPS ? groups - done : CHUNK_GROUPS;
    p->ops->expand(p->w->type, data, 32 * done, 32 * some, &panel);
    tiles(p, done, some, &panel, column, p->accumulate || done);
    done += some;
  } while (done < groups);
  if (!p->bias) return;
  for (size_t row = 0; row < p->rows; row++)
    for (size_t i = column; i < column + CK_PANEL && i < p->w->rows; i++)
      p->c[row * p->ldc + i] += p->bias[i];
}

void ck_integer_product(ck_pool *pool, const ck_integer_ops *ops, const float *a, size_t lda,
                        size_t rows, const ck_matrix *w, const float *bias, float *c, size_t ldc,
                        int accumulate) {
  size_t groups = w->columns / 32, count = rows * groups;
  ck_pool_reserve(pool, CHUNK_GROUPS * (2 * 32 + 256));
  // 32 bytes of quants a group are 8 floats. Never nothing, so that there is an address.
  float *shared = ck_pool_shared(pool, 10 * count + 1);
  ck_rounded rounded = {(int8_t *)shared, shared + 8 * count, shared + 9 * count, groups};
  product p = {pool, ops, a, lda, rows, rounded, w, bias, c, ldc, accumulate};
  ck_parallel(pool, rows, round_task, &p);
  ck_parallel(pool, w->panels, panel_task, &p);
}
