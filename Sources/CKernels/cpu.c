/// What this processor can do.
#include "kernels.h"

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
#endif
    default:
      return 0;
  }
}

int ck_isa_best(void) {
  if (ck_isa_available(CK_ISA_AVX512)) return CK_ISA_AVX512;
  if (ck_isa_available(CK_ISA_AVX2)) return CK_ISA_AVX2;
  return CK_ISA_PORTABLE;
}
