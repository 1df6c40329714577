/// The largest of each row.
#include <string.h>

#include "kernels.h"

typedef struct {
  ck_pool *pool;
  float *x;
  size_t rows, columns, k;
} selection;

/// A number that is ordered as the float is; a NaN counts as the smallest.
static uint32_t order(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  if (value != value) return 0;
  // -0 and 0 are equal.
  if (value == 0) return 0x80000000u;
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

/// The k-th largest key of a row, found four bits at a time from the top, and how many of the equal
/// ones belong to the largest k.
static uint32_t kth(const float *x, size_t n, size_t k, size_t *equal) {
  uint32_t prefix = 0, mask = 0;
  for (int shift = 28; shift >= 0; shift -= 4) {
    size_t counts[16] = {0};
    for (size_t i = 0; i < n; i++) {
      uint32_t key = order(x[i]);
      if ((key & mask) == prefix) counts[key >> shift & 15]++;
    }
    uint32_t digit = 15;
    while (digit && counts[digit] < k) k -= counts[digit--];
    prefix |= digit << shift;
    mask |= 15u << shift;
  }
  *equal = k;
  return prefix;
}

static void top_k_task(void *context, size_t row, int thread) {
  selection *s = context;
  float *x = s->x + row * s->columns;
  size_t equal;
  (void)thread;
  uint32_t least = kth(x, s->columns, s->k, &equal);
  for (size_t i = 0; i < s->columns; i++) {
    uint32_t key = order(x[i]);
    if (key < least || (key == least && equal == 0)) x[i] = 0;
    if (key == least && equal > 0) equal--;
  }
}

void ck_top_k(ck_pool *pool, float *x, size_t rows, size_t columns, size_t k) {
  selection s = {pool, x, rows, columns, k};
  if (k >= columns) return;
  if (k == 0) {
    memset(x, 0, rows * columns * sizeof *x);
    return;
  }
  ck_parallel(pool, rows, top_k_task, &s);
}
