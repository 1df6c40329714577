#pragma once
// A BIO over memory that is lent to it: OpenSSL reads the bytes that were received and writes those
// that are to be sent, without a system call and without a buffer of its own.
//
// It keeps nothing of a connection, so that all connections of a shard share one: whoever calls
// OpenSSL lends the input before and takes the output after.
#include <openssl/bio.h>
#include <stddef.h>
#include <string.h>

/// What is lent.
struct ca_wire {
  const unsigned char *input;
  size_t input_count;
  unsigned char *output;
  size_t output_count;
  size_t output_capacity;
};

static inline int ca_wire_read(BIO *bio, char *bytes, size_t size, size_t *count) {
  struct ca_wire *wire = (struct ca_wire *)BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (wire->input_count == 0) {
    // No end of the stream either: the transport sees that by itself.
    BIO_set_retry_read(bio);
    *count = 0;
    return 0;
  }
  *count = size < wire->input_count ? size : wire->input_count;
  memcpy(bytes, wire->input, *count);
  wire->input += *count;
  wire->input_count -= *count;
  return 1;
}

static inline int ca_wire_write(BIO *bio, const char *bytes, size_t size, size_t *count) {
  struct ca_wire *wire = (struct ca_wire *)BIO_get_data(bio);
  size_t room = wire->output_capacity - wire->output_count;
  BIO_clear_retry_flags(bio);
  if (room == 0 && size > 0) {
    BIO_set_retry_write(bio);
    *count = 0;
    return 0;
  }
  *count = size < room ? size : room;
  memcpy(wire->output + wire->output_count, bytes, *count);
  wire->output_count += *count;
  return 1;
}

static inline long ca_wire_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio;
  (void)number;
  (void)pointer;
  return command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP ? 1 : 0;
}

static inline int ca_wire_create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

/// The functions of such a BIO; null where memory is short.
static inline BIO_METHOD *ca_wire_method_new(void) {
  BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "memory that is lent");
  if (!method) return NULL;
  BIO_meth_set_read_ex(method, ca_wire_read);
  BIO_meth_set_write_ex(method, ca_wire_write);
  BIO_meth_set_ctrl(method, ca_wire_control);
  BIO_meth_set_create(method, ca_wire_create);
  return method;
}

/// A BIO over `wire`, which outlives it as `method` does; null where memory is short.
static inline BIO *ca_wire_bio_new(const BIO_METHOD *method, struct ca_wire *wire) {
  BIO *bio = BIO_new(method);
  if (bio) BIO_set_data(bio, wire);
  return bio;
}
