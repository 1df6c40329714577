/// What the checks of the C kernels share: chance, guarded memory, and how a failure is told.
#ifndef CHECK_H
#define CHECK_H

#include "CKernels.h"

/// The instruction set under test, for messages.
extern int check_isa;
extern long check_count, check_failures;

/// Counts a check; prints the first failures.
void check(int holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// The next number of a small generator (splitmix64), below `bound`, and a float in [-1, 1).
uint32_t chance(uint32_t bound);
float chance_float(void);

/// Memory that ends right before (or, at `front`, begins right after) a page that may not be
/// touched. It is aligned to a float's 4 bytes only, unless its size says otherwise.
void *guarded(size_t bytes, int front);
float *guarded_floats(size_t count);
void guarded_free_all(void);

/// Runs body(pool, context) on the pool's leading thread.
void on_pool(ck_pool *pool, void (*body)(ck_pool *, void *), void *context);

void check_products(ck_pool *pool);
void check_rows(ck_pool *pool);
void check_attention(ck_pool *pool);

#endif
