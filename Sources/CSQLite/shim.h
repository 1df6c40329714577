#pragma once
// `SQLITE_TRANSIENT` is a cast macro, which Swift does not import.
#include <sqlite3.h>

static inline sqlite3_destructor_type arena_sqlite_transient(void) { return SQLITE_TRANSIENT; }
