/// A checksum of large blocks, for finding damage (not forgery): about as fast as memory.
#include <string.h>

#include "kernels.h"

/// Four sums at once, since a multiplication takes three cycles.
enum { LANES = 4 };
/// An odd number without pattern: 2^64 divided by the golden ratio.
static const uint64_t FACTOR = 0x9e3779b97f4a7c15u;

uint64_t ck_checksum(const void *bytes, size_t count) {
  const uint8_t *from = bytes;
  uint64_t sums[LANES] = {1, 2, 3, 4};
  size_t whole = count / (8 * LANES);
  for (size_t i = 0; i < whole; i++, from += 8 * LANES)
    for (int lane = 0; lane < LANES; lane++) {
      uint64_t word;
      memcpy(&word, from + 8 * lane, 8);
      // Multiplying by an odd number loses nothing; rotating brings the high bits, which it mixes
      // best, back to the low ones.
      sums[lane] = (sums[lane] ^ word) * FACTOR;
      sums[lane] = sums[lane] << 29 | sums[lane] >> 35;
    }
  uint64_t sum = (uint64_t)count;
  for (int lane = 0; lane < LANES; lane++) {
    sum = (sum ^ sums[lane]) * FACTOR;
    sum = sum << 29 | sum >> 35;
  }
  for (size_t i = 32 * whole; i < count; i++, from++) {
    sum = (sum ^ *from) * FACTOR;
    sum = sum << 29 | sum >> 35;
  }
  return sum ^ sum >> 32;
}
