/// Norms, activations and soft maxima over rows.
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  size_t rows, columns, k;
  const float *x, *weight, *bias;
  float *rms, *layer, *gelu, *tanh, *relu, *jump, *top, *soft, *glu;
} outputs;

static void compute(ck_pool *pool, void *context) {
  outputs *o = context;
  ck_rms_norm(pool, o->x, o->rows, o->columns, o->weight, 1e-5f, o->rms);
  ck_layer_norm(pool, o->layer, o->rows, o->columns, o->weight, o->bias, 1e-12f, o->layer);
  ck_gelu(pool, o->gelu, o->rows, o->columns);
  ck_gelu_tanh(pool, o->tanh, o->rows, o->columns);
  ck_relu(pool, o->relu, o->rows, o->columns);
  ck_jump_relu(pool, o->jump, o->rows, o->columns, o->weight);
  ck_top_k(pool, o->top, o->rows, o->columns, o->k);
  ck_log_softmax(pool, o->soft, o->rows, o->columns);
  if (o->columns % 2 == 0) ck_swiglu(pool, o->x, o->rows, o->columns / 2, o->glu);
}

static int near(float found, double expected, double tolerance) {
  return fabs((double)found - expected) <= tolerance * (1 + fabs(expected));
}

static void check_row(const outputs *o, size_t row) {
  size_t n = o->columns, start = row * n, above;
  const float *x = o->x + start;
  double sum = 0, squares = 0, variance = 0, top = -INFINITY, exponentials = 0;
  for (size_t i = 0; i < n; i++) {
    sum += x[i];
    squares += (double)x[i] * x[i];
    top = x[i] > top ? x[i] : top;
  }
  double mean = sum / (double)n;
  for (size_t i = 0; i < n; i++) {
    variance += (x[i] - mean) * (x[i] - mean);
    exponentials += exp(x[i] - top);
  }
  for (size_t i = 0; i < n; i++) {
    double v = x[i], w = o->weight[i];
    double normal = (v - mean) / sqrt(variance / (double)n + 1e-12) * w + o->bias[i];
    double inner = sqrt(2 / 3.14159265358979323846) * (v + 0.044715 * v * v * v);
    check(near(o->rms[start + i], v / sqrt(squares / (double)n + 1e-5) * w, 1e-5), "rms %zu", n);
    check(n == 1 || near(o->layer[start + i], normal, 2e-5), "layer norm %zu", n);
    check(near(o->gelu[start + i], v / 2 * (1 + erf(v / sqrt(2))), 1e-6), "gelu of %g", v);
    check(near(o->tanh[start + i], v / 2 * (1 + tanh(inner)), 1e-6), "gelu_tanh of %g", v);
    check(o->relu[start + i] == (v > 0 ? x[i] : 0), "relu of %g", v);
    check(o->jump[start + i] == (v > w ? x[i] : 0), "jump relu of %g", v);
    check(near(o->soft[start + i], v - top - log(exponentials), 1e-5), "log softmax %zu", n);
    above = 0;
    for (size_t j = 0; j < n; j++) above += x[j] > x[i] || (x[j] == x[i] && j < i);
    check(o->top[start + i] == (above < o->k ? x[i] : 0), "top %zu of %zu", o->k, n);
    if (n % 2 == 0 && i < n / 2) {
      double expected = v / (1 + exp(-v)) * x[n / 2 + i];
      check(near(o->glu[row * n / 2 + i], expected, 1e-6), "swiglu of %g", v);
    }
  }
}

static float *copy(const float *x, size_t count) {
  float *y = guarded_floats(count);
  memcpy(y, x, count * sizeof *y);
  return y;
}

static void check_shape(ck_pool *pool, size_t rows, size_t columns) {
  size_t count = rows * columns;
  float *x = guarded_floats(count);
  for (size_t i = 0; i < count; i++) x[i] *= 9;
  // Equal ones, for which the order decides.
  for (size_t i = 0; i < count; i += 3) x[i] = rintf(x[i]);
  outputs o = {rows, columns, chance((uint32_t)columns + 2), x, guarded_floats(columns),
               guarded_floats(columns), guarded_floats(count), copy(x, count), copy(x, count),
               copy(x, count), copy(x, count), copy(x, count), copy(x, count), copy(x, count),
               guarded_floats(count / 2)};
  on_pool(pool, compute, &o);
  for (size_t row = 0; row < rows; row++) check_row(&o, row);
  guarded_free_all();
}

void check_rows(ck_pool *pool) {
  static const size_t columns[] = {1, 2, 7, 16, 17, 31, 64, 100, 259};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    for (size_t rows = 0; rows < 4; rows++) check_shape(pool, rows, columns[i]);
  check_shape(pool, 70, 600);
}
