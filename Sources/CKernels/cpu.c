/// What this processor can do.
#include "integer.h"

int ck_isa_available(int isa) {
  switch (isa) {
    case CK_ISA_PORTABLE:
      return 1;
#if defined(__x86_64__)
    case CK_ISA_AVX2:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
             __builtin_cpu_supports("f16c");
    case CK_ISA_AVX512:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
             __builtin_cpu_supports("f16c");
#elif defined(__aarch64__)
    case CK_ISA_NEON:
      return 1;
#endif
    default:
      return 0;
  }
}

int ck_isa_best(void) {
  if (ck_isa_available(CK_ISA_AVX512)) return CK_ISA_AVX512;
  if (ck_isa_available(CK_ISA_AVX2)) return CK_ISA_AVX2;
  if (ck_isa_available(CK_ISA_NEON)) return CK_ISA_NEON;
  return CK_ISA_PORTABLE;
}

const ck_pair_ops *ck_pool_pair_ops(const ck_pool *pool) {
#if defined(__x86_64__)
  if (ck_pool_ops(pool) == &ck_ops_avx512 && __builtin_cpu_supports("avx512bf16"))
    return &ck_pair_ops_avx512;
#else
  (void)pool;
#endif
  return NULL;
}

const ck_integer_ops *ck_pool_integer_ops(const ck_pool *pool) {
#if defined(__x86_64__)
  const ck_ops *ops = ck_pool_ops(pool);
  if (ops == &ck_ops_avx512 && __builtin_cpu_supports("avx512vnni")) return &ck_integer_ops_vnni;
  if (ops == &ck_ops_avx512 || ops == &ck_ops_avx2) return &ck_integer_ops_avx2;
#else
  (void)pool;
#endif
  return NULL;
}

int ck_arithmetic_available(const ck_pool *pool, int arithmetic, int type) {
  switch (arithmetic) {
    case CK_FLOATS: return 1;
    case CK_PAIRS: return ck_pool_pair_ops(pool) != NULL;
    case CK_INTEGERS: {
      const ck_integer_ops *ops = ck_pool_integer_ops(pool);
      return ops && ck_integer_bits(type) && ck_integer_bits(type) <= ops->bits_max;
    }
    default: return 0;
  }
}
