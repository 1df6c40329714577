#pragma once
// OpenSSL's macros are not imported by Swift; each that we use gets an inline function here.
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "tls.h"
#include "wire.h"
