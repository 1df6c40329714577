/// Float kernels for transformer inference: packed matrices, matrix products, attention and the
/// element-wise functions around them, spread over a small pool of threads.
///
/// All matrices are row-major. "Rows" are tokens. Every computing function takes the pool first and
/// must be called from within `ck_pool_run`, that is on the pool's leading thread.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#define CK_PANEL 32

/// Instruction sets.
enum {
  /// Four floats at a time, on any processor: SSE2 on x86-64.
  CK_ISA_PORTABLE = 0,
  /// AVX2, FMA and F16C.
  CK_ISA_AVX2 = 1,
  /// AVX-512 F, BW, VL and DQ.
  CK_ISA_AVX512 = 2,
  /// Advanced SIMD of AArch64, which every such processor has.
  CK_ISA_NEON = 3,
};

/// Whether this processor (and its operating system) can run the instruction set.
int ck_isa_available(int isa);
/// The widest instruction set that this processor can run.
int ck_isa_best(void);

// MARK: Threads (pool.c)

typedef struct ck_pool ck_pool;

/// Starts `threads` threads (1 to 256) with the given nice value (Linux: per thread); NULL when the
/// system gives no threads or lacks the instruction set.
ck_pool *ck_pool_create(int threads, int nice, int isa);
/// Gives the threads only the time that nobody else on the machine wants (Linux: SCHED_IDLE); 0 where
/// the system can't.
int ck_pool_set_idle(ck_pool *pool);
/// Ends the threads. No `ck_pool_run` may be in progress.
void ck_pool_destroy(ck_pool *pool);
/// Runs `body(context)` on the pool's leading thread and returns when it is done. Calls from several
/// threads run one after another, in the order in which they came; a call from within `body` runs at
/// once, before `body` goes on.
void ck_pool_run(ck_pool *pool, void (*body)(void *), void *context);
/// CPU nanoseconds that the pool's threads have used so far.
uint64_t ck_pool_cpu_time(ck_pool *pool);

// MARK: Packed matrices (matrix.c)

/// Element formats of a packed matrix, numbered as in GGUF.
enum {
  CK_F32 = 0,
  CK_F16 = 1,
  CK_Q4_0 = 2,
  CK_Q4_1 = 3,
  CK_Q5_0 = 6,
  CK_Q5_1 = 7,
  CK_Q8_0 = 8,
  CK_Q4_K = 12,
  CK_Q5_K = 13,
  CK_Q6_K = 14,
  CK_BF16 = 30,
};

/// Changes whenever the same weights are packed into other bytes.
enum { CK_PACKED_VERSION = 3 };

/// A weight matrix [rows, columns] in panels of 32 rows, each kept in the file's own precision.
typedef struct ck_matrix ck_matrix;

/// Bytes that a packed matrix takes; SIZE_MAX when the type is unknown, the columns aren't whole
/// blocks of the type (32 or 256), or the number is too large.
size_t ck_matrix_packed_size(int type, size_t rows, size_t columns);
/// An empty (all zero) matrix; NULL when there is no memory or no such size.
ck_matrix *ck_matrix_create(int type, size_t rows, size_t columns);
/// A matrix over `ck_matrix_packed_size` bytes that `ck_matrix_bytes` once gave (of this
/// CK_PACKED_VERSION, on a processor of this byte order). They are borrowed: never written to, never
/// freed, and must outlive the matrix. NULL as above, and when `packed` isn't aligned to 64 bytes.
ck_matrix *ck_matrix_create_over(int type, size_t rows, size_t columns, const void *packed);
void ck_matrix_free(ck_matrix *matrix);
size_t ck_matrix_byte_count(const ck_matrix *matrix);
/// The packed bytes, `ck_matrix_byte_count` of them, for keeping in a file.
const void *ck_matrix_bytes(const ck_matrix *matrix);
/// Stores rows [first, first + count) from `source`: rows one after another in the matrix's type,
/// laid out as in GGUF. Not for a borrowed matrix.
void ck_matrix_set_rows(ck_matrix *matrix, size_t first, size_t count, const void *source);
/// Row `row` as floats.
void ck_matrix_row(const ck_matrix *matrix, size_t row, float *out);
/// Column `column` as floats, one a row.
void ck_matrix_column(const ck_matrix *matrix, size_t column, float *out);

// MARK: Products (gemm.c, integer.c)

/// What a pool's products are computed in.
enum {
  /// Single precision: the default.
  CK_FLOATS = 0,
  /// Where the processor has AVX512-BF16: both sides are rounded to bfloat16, summed in single
  /// precision. Elsewhere, floats.
  CK_PAIRS = 1,
  /// Where the matrix is stored in quants of 4 or 5 bits (or, with AVX512-VNNI, 8; not Q6_K) and the
  /// processor has AVX2: rows of `a` are rounded to eight bits, 32 columns at a time with a scale of
  /// their own, as llama.cpp does; quants are taken as they are. Elsewhere, floats.
  CK_INTEGERS = 2,
};

/// Chooses the arithmetic of the pool's products from now on; not while one runs.
void ck_pool_set_arithmetic(ck_pool *pool, int arithmetic);
/// Whether this pool computes products with matrices of the type in this arithmetic.
int ck_arithmetic_available(const ck_pool *pool, int arithmetic, int type);

/// c[rows, w.rows] = a[rows, w.columns] * w^T (+ bias) (+ c when `accumulate`).
/// `bias` may be NULL; `lda` and `ldc` are the distances between rows in floats.
void ck_gemm(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
             const float *bias, float *c, size_t ldc, int accumulate);
/// The same with columns [first, first + count) of w alone: a is [rows, count].
void ck_gemm_columns(ck_pool *pool, const float *a, size_t lda, size_t rows, const ck_matrix *w,
                     size_t first, size_t count, const float *bias, float *c, size_t ldc,
                     int accumulate);

// MARK: Element-wise (rows.c)

/// out = x / rms(x) * weight, row by row; `out` may be `x`.
void ck_rms_norm(ck_pool *pool, const float *x, size_t rows, size_t columns, const float *weight,
                 float epsilon, float *out);
/// out = (x - mean) / standard deviation * weight + bias, row by row; `out` may be `x`.
void ck_layer_norm(ck_pool *pool, const float *x, size_t rows, size_t columns, const float *weight,
                   const float *bias, float epsilon, float *out);
/// out[rows, columns] = silu(first half) * second half of x[rows, 2 * columns].
void ck_swiglu(ck_pool *pool, const float *x, size_t rows, size_t columns, float *out);
/// x = x / 2 * (1 + erf(x / sqrt 2)).
void ck_gelu(ck_pool *pool, float *x, size_t rows, size_t columns);
/// x = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), GPT-2's "gelu_new".
void ck_gelu_tanh(ck_pool *pool, float *x, size_t rows, size_t columns);
/// x = max(x, 0); a NaN becomes 0.
void ck_relu(ck_pool *pool, float *x, size_t rows, size_t columns);
/// x = x where it is above its column's threshold, else 0 (JumpReLU).
void ck_jump_relu(ck_pool *pool, float *x, size_t rows, size_t columns, const float *thresholds);
/// Keeps the `k` largest of each row, the earlier of equals, and makes all others 0.
void ck_top_k(ck_pool *pool, float *x, size_t rows, size_t columns, size_t k);
/// Turns each row of logits into natural-log probabilities.
void ck_log_softmax(ck_pool *pool, float *x, size_t rows, size_t columns);

/// x += y, `count` floats; on the calling thread.
void ck_add(float *x, const float *y, size_t count);
/// The mean of `rows` rows, divided by its own length; on the calling thread.
void ck_unit_mean(const float *x, size_t rows, size_t columns, float *out);
/// Copies columns `from` of x[rows, stride] to the columns `to` of out[rows, out_stride]; on the
/// calling thread.
void ck_copy_columns(const float *x, size_t rows, size_t stride, const int64_t *from,
                     const int64_t *to, size_t count, float *out, size_t out_stride);

// MARK: Attention (attention.c)

/// One sequence in a packed batch.
typedef struct {
  /// Its first row in the batch.
  size_t first_row;
  /// Its rows in the batch.
  size_t row_count;
  /// Tokens before them whose keys and values are given by `past_keys` and `past_values`.
  size_t past_count;
  /// [past_count, kv_heads * head_size] each, keys already rotated; NULL without a past.
  const float *past_keys, *past_values;
} ck_sequence;

/// Sizes of an attention layer.
typedef struct {
  /// `heads` is a multiple of `kv_heads`; `head_size` is even.
  size_t heads, kv_heads, head_size;
  /// Whether a token sees only itself and what is before it.
  int causal;
  /// [positions, rotary_size / 2] cosine and sine pairs for rotary positions; NULL for none.
  const float *rotary;
  /// How many of a head's first dimensions are rotated; even, at most head_size.
  size_t rotary_size;
  /// Which two dimensions a pair turns: 0: 2i and 2i + 1 (GGUF's llama); 1: i and
  /// i + rotary_size / 2 (checkpoints of transformers).
  int rotary_halves;
} ck_attention_shape;

/// Heads whose patterns are kept.
typedef struct {
  const size_t *heads;
  size_t count;
  /// For each of these heads, for each sequence in turn: [row_count, past_count + row_count]
  /// probabilities, 0 where a token doesn't look; ck_pattern_size floats a head.
  float *out;
} ck_patterns;

/// Floats of one head's patterns of these sequences.
size_t ck_pattern_size(const ck_sequence *sequences, size_t count);
/// Floats of workspace that `ck_attention` needs for these sequences.
size_t ck_attention_workspace(ck_attention_shape shape, const ck_sequence *sequences, size_t count);

/// out[rows, heads * head_size] = attention over qkv[rows, (heads + 2 * kv_heads) * head_size],
/// each sequence for itself. Queries (and keys in the workspace) are rotated in place. `patterns`
/// may be NULL.
void ck_attention(ck_pool *pool, ck_attention_shape shape, float *qkv, const ck_sequence *sequences,
                  size_t count, float *workspace, float *out, const ck_patterns *patterns);

/// Fills [positions, size / 2] pairs (cosine, sine) of position / base^(2i / size).
void ck_rotary_table(size_t positions, size_t size, double base, float *out);
/// Fills [positions, size / 2] pairs (cosine, sine) of position * frequencies[i], times
/// `magnitude`: what scaled kinds of rotary positions come down to.
void ck_rotary_table_of(size_t positions, size_t size, const double *frequencies, double magnitude,
                        float *out);
/// Copies the rotated keys and the values of a sequence, [past + rows, kv_heads * head_size] each,
/// out of the workspace of the last `ck_attention`; `index` is the sequence's place in the batch.
void ck_attention_export(ck_attention_shape shape, const ck_sequence *sequences, size_t count,
                         size_t index, const float *workspace, float *keys, float *values);

// MARK: Yardsticks (roofline.c)

/// Multiply-adds in registers alone, on all threads, with the pool's instruction set; `rounds` are
/// shared out among them. Returns how many float operations that were.
double ck_peak_operations(ck_pool *pool, size_t rounds);
/// Reads `count` bytes, all threads together; returns how many it has read, whole megabytes.
size_t ck_read_through(ck_pool *pool, const void *bytes, size_t count);

// MARK: Checksums (checksum.c)

/// A checksum that finds damage, in the machine's byte order; on the calling thread.
uint64_t ck_checksum(const void *bytes, size_t count);

#endif
