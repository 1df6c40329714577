#pragma once
// The settings of a TLS server, which OpenSSL has as macros.
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

/// TLS 1.2 and 1.3 for a server that holds many idle connections. 1, or 0 where OpenSSL refuses.
static inline int ca_tls_configure(SSL_CTX *context) {
  // Our order of ciphers counts; a phone without AES instructions still gets ChaCha20 first.
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                   SSL_OP_PRIORITIZE_CHACHA);
  // An idle connection gives its two buffers of 16 KB back.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Sessions lie with the clients, in tickets.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
         SSL_CTX_set_ciphersuites(
             context, "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384") ==
             1 &&
         SSL_CTX_set_max_early_data(context, 0) == 1 && SSL_CTX_set_num_tickets(context, 1) == 1;
}

/// The pointer that `ca_tls_set_owner` has put there.
static inline void *ca_tls_owner(SSL *connection) {
  return SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), 0);
}

/// Puts a pointer into the context for its callbacks.
static inline void ca_tls_set_owner(SSL_CTX *context, void *owner) {
  SSL_CTX_set_ex_data(context, 0, owner);
}

typedef int (*ca_ticket_callback)(
    SSL *connection, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher,
    EVP_MAC_CTX *mac, int encrypts);

/// Has session tickets sealed and opened with the keys that `callback` sets.
static inline void ca_tls_set_ticket_callback(SSL_CTX *context, ca_ticket_callback callback) {
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, callback);
}

/// Keys a ticket's cipher (AES-256-CBC) and MAC (HMAC-SHA-256), 32 bytes each; 1, or 0.
static inline int ca_tls_key_ticket(
    EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, const unsigned char *cipher_key,
    const unsigned char *mac_key, const unsigned char *iv, int encrypts) {
  OSSL_PARAM parameters[3];
  parameters[0] =
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)(size_t)mac_key, 32);
  parameters[1] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0);
  parameters[2] = OSSL_PARAM_construct_end();
  return EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, cipher_key, iv, encrypts) == 1 &&
         EVP_MAC_CTX_set_params(mac, parameters) == 1;
}

/// The reason in an error of OpenSSL's queue.
static inline int ca_error_reason(unsigned long error) { return ERR_GET_REASON(error); }

/// Writes a certificate's name in one line: UTF-8 as it is, control characters escaped.
static inline int ca_name_print(BIO *bio, const X509_NAME *name) {
  return X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
}

/// An EC P-256 key; null where it fails.
static inline EVP_PKEY *ca_p256_key_new(void) { return EVP_EC_gen("P-256"); }

// ---- clients, in tests and benches -----------------------------------------------------------

/// Lets a client speak the versions from `lowest` to `highest` (TLS1_1_VERSION ...), however old.
static inline int ca_tls_configure_client(SSL_CTX *context, int lowest, int highest) {
  // OpenSSL refuses what is older than TLS 1.2 even to clients that ask for it, but at level 0.
  return SSL_CTX_set_min_proto_version(context, lowest) == 1 &&
         SSL_CTX_set_max_proto_version(context, highest) == 1 &&
         SSL_CTX_set_cipher_list(context, "DEFAULT@SECLEVEL=0") == 1;
}

/// Names the server that a client means (SNI).
static inline int ca_tls_set_server_name(SSL *connection, const char *name) {
  return (int)SSL_set_tlsext_host_name(connection, name);
}
