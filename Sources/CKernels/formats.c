/// Blocks of a file into lanes of a packed block, and single elements back.
#include <string.h>

#include "formats.h"

/// One row's block taken apart.
typedef struct {
  uint16_t scale, minimum;
  uint8_t scales[16], minima[8];
  /// Unsigned, except for Q8_0.
  uint8_t quants[256];
} parts;

/// Two four-bit quants a byte, i and i + 16; fifth bits (or NULL) in a mask of 32.
static void read_nibbles(const uint8_t *from, const uint8_t *fifth, uint8_t *quants) {
  uint32_t mask = 0;
  if (fifth) memcpy(&mask, fifth, 4);
  for (int i = 0; i < 16; i++) {
    quants[i] = (uint8_t)((from[i] & 15) | (mask >> i & 1) << 4);
    quants[i + 16] = (uint8_t)(from[i] >> 4 | (mask >> (i + 16) & 1) << 4);
  }
}

/// ggml's `get_scale_min_k4`, and 64 columns in each 32 bytes: low bits first, then high ones.
static void read_q4_k(const uint8_t *from, const uint8_t *fifth, const uint8_t *quants, parts *p) {
  const uint8_t *packed = from + 4;
  for (int j = 0; j < 4; j++) {
    p->scales[j] = packed[j] & 63;
    p->minima[j] = packed[j + 4] & 63;
    p->scales[j + 4] = (uint8_t)((packed[j + 8] & 15) | (packed[j] >> 6) << 4);
    p->minima[j + 4] = (uint8_t)(packed[j + 8] >> 4 | (packed[j + 4] >> 6) << 4);
  }
  for (int group = 0; group < 8; group++)
    for (int i = 0; i < 32; i++) {
      uint8_t quant = quants[group / 2 * 32 + i] >> (group % 2 * 4) & 15;
      if (fifth) quant |= (uint8_t)((fifth[i] >> group & 1) << 4);
      p->quants[32 * group + i] = quant;
    }
}

/// Low bits [128] | high bits [64] | signed scales [16] | scale.
static void read_q6_k(const uint8_t *from, parts *p) {
  memcpy(&p->scale, from + 208, 2);
  memcpy(p->scales, from + 192, 16);
  for (int i = 0; i < 256; i++) {
    int part = i / 128, group = i % 128 / 32, lane = i % 32;
    int low = from[part * 64 + group % 2 * 32 + lane] >> (group < 2 ? 0 : 4) & 15;
    int high = from[128 + part * 32 + lane] >> (group * 2) & 3;
    p->quants[i] = (uint8_t)(low | high << 4);
  }
}

static void read_block(int type, const uint8_t *from, parts *p) {
  memcpy(&p->scale, from, 2);
  memcpy(&p->minimum, from + 2, 2);
  switch (type) {
    case CK_Q4_0: read_nibbles(from + 2, NULL, p->quants); break;
    case CK_Q4_1: read_nibbles(from + 4, NULL, p->quants); break;
    case CK_Q5_0: read_nibbles(from + 6, from + 2, p->quants); break;
    case CK_Q5_1: read_nibbles(from + 8, from + 4, p->quants); break;
    case CK_Q8_0: memcpy(p->quants, from + 2, 32); break;
    case CK_Q4_K: read_q4_k(from, NULL, from + 16, p); break;
    case CK_Q5_K: read_q4_k(from, from + 16, from + 48, p); break;
    default: read_q6_k(from, p); break;
  }
}

/// Stores one group's quants as a lane.
static void write_group(int type, const ck_format *f, const uint8_t *quants, uint8_t *to,
                        size_t lane) {
  for (size_t word = 0; type == CK_Q8_0 && word < 8; word++)
    memcpy(to + 4 * (32 * word + lane), quants + 4 * word, 4);
  if (type == CK_Q8_0) return;
  for (size_t word = 0; word < 4; word++, to += 128) {
    const uint8_t *eight = quants + 8 * word;
    uint8_t bytes[4];
    for (int j = 0; j < 4; j++) bytes[j] = (uint8_t)((eight[j] & 15) | eight[j + 4] << 4);
    memcpy(to + 4 * lane, bytes, 4);
  }
  uint32_t high[2] = {0, 0};
  for (int k = 0; k < 32; k++) {
    uint32_t bits = quants[k] >> 4;
    if (type == CK_Q6_K)
      high[k / 16] |= bits << (2 * (k % 16));
    else
      high[0] |= bits << k;
  }
  // The high bits follow the low ones.
  if (f->high) memcpy(to + 4 * lane, &high[0], 4);
  if (type == CK_Q6_K) memcpy(to + 128 + 4 * lane, &high[1], 4);
}

void ck_pack_block(int type, const uint8_t *from, uint8_t *to, size_t lane) {
  const ck_format *f = ck_format_of(type);
  parts p;
  read_block(type, from, &p);
  memcpy(to + 2 * lane, &p.scale, 2);
  if (f->minima) memcpy(to + f->minima + 2 * lane, &p.minimum, 2);
  size_t scales = type == CK_Q6_K ? 16 : f->group_scales ? 8 : 0;
  for (size_t j = 0; j < scales; j++) to[f->group_scales + 32 * j + lane] = p.scales[j];
  for (size_t j = 0; f->group_minima && j < 8; j++)
    to[f->group_minima + 32 * j + lane] = p.minima[j];
  for (size_t group = 0; group < f->columns / 32; group++)
    write_group(type, f, p.quants + 32 * group, to + f->groups + group * f->group_bytes, lane);
}

static float half_at(const uint8_t *p, size_t lane) {
  uint16_t half;
  memcpy(&half, p + 2 * lane, 2);
  return ck_half(half);
}

static uint32_t word_at(const uint8_t *words, size_t index, size_t lane) {
  uint32_t word;
  memcpy(&word, words + 4 * (32 * index + lane), 4);
  return word;
}

/// The unsigned quant of a lane in column k of a group.
static int quant(int type, const ck_format *f, const uint8_t *group, size_t lane, size_t k) {
  uint32_t low = word_at(group, k / 8, lane) >> (k % 4 * 8 + k % 8 / 4 * 4) & 15, high = 0;
  if (type == CK_Q6_K)
    high = word_at(group + f->high, k / 16, lane) >> (k % 16 * 2) & 3;
  else if (f->high)
    high = word_at(group + f->high, 0, lane) >> k & 1;
  return (int)(low | high << 4);
}

/// A lane of group `index` of a block, 32 columns.
static void lane_of_group(int type, const ck_format *f, const uint8_t *block, size_t index,
                          size_t lane, float *out) {
  const uint8_t *group = block + f->groups + index * f->group_bytes;
  float scales[2] = {half_at(block, lane), half_at(block, lane)}, minimum = 0;
  int bias = type == CK_Q4_0 ? 8 : type == CK_Q5_0 ? 16 : type == CK_Q6_K ? 32 : 0;
  if (f->minima) minimum = half_at(block + f->minima, lane);
  if (f->group_minima) {
    scales[0] = scales[1] *= (float)block[f->group_scales + 32 * index + lane];
    minimum *= -(float)block[f->group_minima + 32 * index + lane];
  }
  for (size_t half = 0; type == CK_Q6_K && half < 2; half++)
    scales[half] *= (float)(int8_t)block[f->group_scales + 32 * (2 * index + half) + lane];
  for (size_t k = 0; k < 32; k++) {
    int whole = type == CK_Q8_0 ? (int8_t)group[4 * (32 * (k / 4) + lane) + k % 4] : quant(type, f, group, lane, k);
    out[k] = (float)(whole - bias) * scales[k / 16];
    // Adding nothing would make a zero of a negative one.
    if (f->minima) out[k] += minimum;
  }
}

void ck_panel_lane(int type, const uint8_t *panel, size_t lane, size_t first, size_t count,
                   float *out) {
  const ck_format *f = ck_format_of(type);
  float group[32];
  for (size_t i = 0, column = first; i < count; i++, column++) {
    if (type == CK_F32) {
      memcpy(out + i, panel + 4 * (32 * column + lane), 4);
    } else if (type == CK_F16) {
      out[i] = half_at(panel, 32 * column + lane);
    } else if (type == CK_BF16) {
      uint16_t bits;
      memcpy(&bits, panel + 2 * (32 * column + lane), 2);
      out[i] = ck_bfloat(bits);
    } else {
      if (i == 0 || column % 32 == 0)
        lane_of_group(type, f, panel + column / f->columns * f->packed_bytes,
                      column % f->columns / 32, lane, group);
      out[i] = group[column % 32];
    }
  }
}
