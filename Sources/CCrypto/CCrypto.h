#ifndef CCRYPTO_H
#define CCRYPTO_H
// OpenSSL's digests; Debian package libssl-dev.
#include <openssl/evp.h>
#endif
