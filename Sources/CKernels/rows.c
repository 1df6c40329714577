/// The element-wise functions over many rows, shared out among the threads.
#include <math.h>
#include <string.h>

#include "kernels.h"

typedef struct {
  ck_pool *pool;
  const float *x, *weight, *bias;
  float *out;
  size_t rows, columns, rows_per_task;
  float epsilon;
} work;

/// Runs `task` over blocks of rows with about 16,000 floats each, less than which isn't worth
/// waking a thread for.
static void over_rows(work *w, void (*task)(void *, size_t, int)) {
  w->rows_per_task = w->columns < 16384 ? 16384 / (w->columns ? w->columns : 1) : 1;
  ck_parallel(w->pool, (w->rows + w->rows_per_task - 1) / w->rows_per_task, task, w);
}

#define EACH_ROW(w, index)                                                                \
  for (size_t row = (index) * (w)->rows_per_task;                                         \
       row < (w)->rows && row < ((index) + 1) * (w)->rows_per_task; row++)

static void rms_norm_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index)
  ck_pool_ops(w->pool)->rms_norm(w->x + row * w->columns, w->columns, w->weight, w->epsilon,
                                 w->out + row * w->columns);
}

void ck_rms_norm(ck_pool *pool, const float *x, size_t rows, size_t columns, const float *weight,
                 float epsilon, float *out) {
  work w = {pool, x, weight, NULL, out, rows, columns, 0, epsilon};
  over_rows(&w, rms_norm_task);
}

static void layer_norm_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index)
  ck_pool_ops(w->pool)->layer_norm(w->x + row * w->columns, w->columns, w->weight, w->bias,
                                   w->epsilon, w->out + row * w->columns);
}

void ck_layer_norm(ck_pool *pool, const float *x, size_t rows, size_t columns, const float *weight,
                   const float *bias, float epsilon, float *out) {
  work w = {pool, x, weight, bias, out, rows, columns, 0, epsilon};
  over_rows(&w, layer_norm_task);
}

static void swiglu_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index)
  ck_pool_ops(w->pool)->swiglu(w->x + 2 * row * w->columns, w->x + (2 * row + 1) * w->columns,
                               w->columns, w->out + row * w->columns);
}

void ck_swiglu(ck_pool *pool, const float *x, size_t rows, size_t columns, float *out) {
  work w = {pool, x, NULL, NULL, out, rows, columns, 0, 0};
  over_rows(&w, swiglu_task);
}

static void gelu_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index) ck_pool_ops(w->pool)->gelu(w->out + row * w->columns, w->columns);
}

void ck_gelu(ck_pool *pool, float *x, size_t rows, size_t columns) {
  work w = {pool, NULL, NULL, NULL, x, rows, columns, 0, 0};
  over_rows(&w, gelu_task);
}

static void gelu_tanh_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index) ck_pool_ops(w->pool)->gelu_tanh(w->out + row * w->columns, w->columns);
}

void ck_gelu_tanh(ck_pool *pool, float *x, size_t rows, size_t columns) {
  work w = {pool, NULL, NULL, NULL, x, rows, columns, 0, 0};
  over_rows(&w, gelu_tanh_task);
}

static void relu_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index) {
    float *x = w->out + row * w->columns;
    for (size_t i = 0; i < w->columns; i++) {
      float threshold = w->weight ? w->weight[i] : 0;
      x[i] = x[i] > threshold ? x[i] : 0;
    }
  }
}

void ck_relu(ck_pool *pool, float *x, size_t rows, size_t columns) {
  ck_jump_relu(pool, x, rows, columns, NULL);
}

void ck_jump_relu(ck_pool *pool, float *x, size_t rows, size_t columns, const float *thresholds) {
  work w = {pool, NULL, thresholds, NULL, x, rows, columns, 0, 0};
  over_rows(&w, relu_task);
}

static void log_softmax_task(void *context, size_t index, int thread) {
  work *w = context;
  (void)thread;
  EACH_ROW(w, index) ck_pool_ops(w->pool)->log_softmax(w->out + row * w->columns, w->columns);
}

void ck_log_softmax(ck_pool *pool, float *x, size_t rows, size_t columns) {
  work w = {pool, NULL, NULL, NULL, x, rows, columns, 0, 0};
  over_rows(&w, log_softmax_task);
}

void ck_add(float *x, const float *y, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] += y[i];
}

void ck_unit_mean(const float *x, size_t rows, size_t columns, float *out) {
  double squares = 0;
  memset(out, 0, columns * sizeof *out);
  for (size_t row = 0; row < rows; row++) ck_add(out, x + row * columns, columns);
  for (size_t i = 0; i < columns; i++) squares += (double)out[i] * (double)out[i];
  // The mean's own factor 1 / rows cancels out. A zero vector stays zero.
  double scale = squares > 0 ? 1 / sqrt(squares) : 0;
  for (size_t i = 0; i < columns; i++) out[i] = (float)((double)out[i] * scale);
}

void ck_copy_columns(const float *x, size_t rows, size_t stride, const int64_t *from,
                     const int64_t *to, size_t count, float *out, size_t out_stride) {
  for (size_t row = 0; row < rows; row++, x += stride, out += out_stride)
    for (size_t i = 0; i < count; i++) out[to[i]] = x[from[i]];
}
