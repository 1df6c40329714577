/// Checks every kernel against plain loops in double precision, on every instruction set of the
/// machine: `check [seed]`. Runs natively and, built for AArch64, under qemu-user.
#define _GNU_SOURCE
#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int check_isa;
long check_count, check_failures;
static uint64_t state;

void check(int holds, const char *format, ...) {
  check_count++;
  if (holds) return;
  if (++check_failures > 20) return;
  va_list arguments;
  va_start(arguments, format);
  printf("instruction set %d: ", check_isa);
  vprintf(format, arguments);
  printf("\n");
  va_end(arguments);
}

uint32_t chance(uint32_t bound) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (uint32_t)((z ^ (z >> 31)) >> 32) % bound;
}

float chance_float(void) { return (float)chance(1 << 24) / (float)(1 << 23) - 1; }

static struct {
  void *address;
  size_t size;
} mappings[256];
static int mapping_count;

void *guarded(size_t bytes, int front) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), body = (bytes + page - 1) / page * page;
  uint8_t *memory = mmap(NULL, body + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mapping_count == 256) abort();
  if (body && mprotect(memory + page, body, PROT_READ | PROT_WRITE)) abort();
  mappings[mapping_count].address = memory;
  mappings[mapping_count++].size = body + 2 * page;
  return front ? memory + page : memory + page + body - bytes;
}

float *guarded_floats(size_t count) {
  float *floats = guarded(count * sizeof *floats, (int)chance(2));
  for (size_t i = 0; i < count; i++) floats[i] = chance_float();
  return floats;
}

void guarded_free_all(void) {
  while (mapping_count--) munmap(mappings[mapping_count].address, mappings[mapping_count].size);
  mapping_count = 0;
}

typedef struct {
  ck_pool *pool;
  void (*body)(ck_pool *, void *);
  void *context;
} call;

static void run(void *context) {
  call *c = context;
  c->body(c->pool, c->context);
}

void on_pool(ck_pool *pool, void (*body)(ck_pool *, void *), void *context) {
  call c = {pool, body, context};
  ck_pool_run(pool, run, &c);
}

int main(int count, char **arguments) {
  uint64_t seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
  for (check_isa = 0; check_isa <= CK_ISA_NEON; check_isa++) {
    if (!ck_isa_available(check_isa)) continue;
    state = seed;
    ck_pool *pool = ck_pool_create(2, 0, check_isa);
    if (!pool) {
      printf("no threads\n");
      return 2;
    }
    check_products(pool);
    check_rows(pool);
    check_attention(pool);
    ck_pool_destroy(pool);
    printf("instruction set %d: done\n", check_isa);
  }
  printf("%ld checks, %ld failed (seed %llu)\n", check_count, check_failures,
         (unsigned long long)seed);
  return check_failures != 0;
}
