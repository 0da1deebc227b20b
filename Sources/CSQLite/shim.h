// The only door to SQLite. Swift can't call variadic C functions, nor spell SQLITE_TRANSIENT: these wrappers do.
#include <sqlite3.h>

static inline int orch_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
static inline int orch_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return length == 0 ? sqlite3_bind_zeroblob(statement, index, 0) : sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}
// Only the hub's daemon checkpoints: no connection does when it closes.
static inline int orch_no_checkpoint_on_close(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
// "text" in double quotes is never a string: a misspelled column is an error.
static inline int orch_no_quoted_strings(sqlite3 *db) {
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    return rc == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0) : rc;
}
static inline int orch_defensive(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
// TRUSTED_SCHEMA stays on: SQLite 3.40 calls its JSON functions unsafe, and CHECKs and views of ours use them.
