/// The element-wise kernels, in plain C that the compiler turns into vectors; included once for each
/// instruction set, between its target attributes, with CK_NAME giving the functions their names.
#include <math.h>
#include <string.h>

/// e^x to 1.5 units in the last place; 0 below -87.
static inline float CK_NAME(fast_exp)(float x) {
  const float log2e = 1.44269504088896341f, magic = 12582912.0f;
  x = x < -87.3f ? -87.3f : x;
  x = x > 88.3f ? 88.3f : x;
  // Adding 1.5 * 2^23 leaves the rounded number in the low bits.
  float shifted = x * log2e + magic, n = shifted - magic;
  // ln 2 in two parts, as Cody and Waite do; then the Taylor polynomial on [-0.35, 0.35].
  float r = x - n * 0.693145751953125f;
  r = r - n * 1.42860682030941723e-6f;
  float p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  uint32_t bits;
  memcpy(&bits, &shifted, 4);
  uint32_t power = (bits - 0x4b400000u + 127u) << 23;
  float scale;
  memcpy(&scale, &power, 4);
  return p * scale;
}

static float CK_NAME(sum)(const float *x, size_t n) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (size_t i = 0; i < n; i++) sum += x[i];
  return sum;
}

static float CK_NAME(sum_of_squares)(const float *x, size_t n, float mean) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (size_t i = 0; i < n; i++) sum += (x[i] - mean) * (x[i] - mean);
  return sum;
}

static float CK_NAME(maximum)(const float *x, size_t n) {
  float lanes[16], top = -INFINITY;
  for (int j = 0; j < 16; j++) lanes[j] = -INFINITY;
  size_t i = 0;
  for (; i + 16 <= n; i += 16)
    for (int j = 0; j < 16; j++) lanes[j] = x[i + j] > lanes[j] ? x[i + j] : lanes[j];
  for (int j = 0; j < 16; j++) top = lanes[j] > top ? lanes[j] : top;
  for (; i < n; i++) top = x[i] > top ? x[i] : top;
  return top;
}

static void CK_NAME(rms_norm)(const float *x, size_t n, const float *weight, float epsilon,
                              float *out) {
  float scale = 1 / sqrtf(CK_NAME(sum_of_squares)(x, n, 0) / (float)n + epsilon);
  for (size_t i = 0; i < n; i++) out[i] = x[i] * scale * weight[i];
}

static void CK_NAME(layer_norm)(const float *x, size_t n, const float *weight, const float *bias,
                                float epsilon, float *out) {
  float mean = CK_NAME(sum)(x, n) / (float)n;
  float scale = 1 / sqrtf(CK_NAME(sum_of_squares)(x, n, mean) / (float)n + epsilon);
  for (size_t i = 0; i < n; i++) out[i] = (x[i] - mean) * scale * weight[i] + bias[i];
}

static void CK_NAME(swiglu)(const float *gate, const float *up, size_t n, float *restrict out) {
  for (size_t i = 0; i < n; i++)
    out[i] = gate[i] / (1 + CK_NAME(fast_exp)(-gate[i])) * up[i];
}

/// The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26) inside x/2 (1 + erf(x / sqrt 2)).
static void CK_NAME(gelu)(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float value = x[i], z = value * 0.70710678118654752f, a = z < 0 ? -z : z;
    float t = 1 / (1 + 0.3275911f * a);
    float p = 1.061405429f;
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    float tail = p * t * CK_NAME(fast_exp)(-a * a);
    // For negative x the small tail itself is the factor, which keeps its relative precision.
    x[i] = value * 0.5f * (z < 0 ? tail : 2 - tail);
  }
}

/// x/2 (1 + tanh u) is x / (1 + e^(-2u)), which keeps the relative precision of small tails.
static void CK_NAME(gelu_tanh)(float *x, size_t n) {
  const float twice = 2 * 0.797884560802865356f;
  for (size_t i = 0; i < n; i++) {
    float value = x[i], u = twice * (value + 0.044715f * value * value * value);
    x[i] = value / (1 + CK_NAME(fast_exp)(-u));
  }
}

static void CK_NAME(softmax)(float *x, size_t n, float scale) {
  float top = CK_NAME(maximum)(x, n);
  for (size_t i = 0; i < n; i++) x[i] = CK_NAME(fast_exp)((x[i] - top) * scale);
  float factor = 1 / CK_NAME(sum)(x, n);
  for (size_t i = 0; i < n; i++) x[i] *= factor;
}

static void CK_NAME(log_softmax)(float *x, size_t n) {
  float top = CK_NAME(maximum)(x, n), part[256];
  // Sums of 256 are added in double: a vocabulary is too long for one float sum.
  double sum = 0;
  for (size_t start = 0; start < n; start += 256) {
    size_t count = n - start < 256 ? n - start : 256;
    for (size_t i = 0; i < count; i++) part[i] = CK_NAME(fast_exp)(x[start + i] - top);
    sum += (double)CK_NAME(sum)(part, count);
  }
  float shift = (float)log(sum);
  for (size_t i = 0; i < n; i++) x[i] = (x[i] - top) - shift;
}
