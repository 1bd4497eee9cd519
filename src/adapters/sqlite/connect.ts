import { DatabaseSync } from "node:sqlite";

/** While opening, SQLite's own waiting is right: nothing else of ours runs on this connection yet. */
const OPENING_TIMEOUT_MS = 5000;

/**
 * The one connection of the process that writes. Its busy timeout is 0: SQLite would wait inside a synchronous call and
 * stop the whole process, so `write` waits outside and tries again.
 */
export function connectWriter(path: string): DatabaseSync {
  return prepared(
    new DatabaseSync(path, { timeout: OPENING_TIMEOUT_MS }),
    `
      pragma journal_mode = wal;
      pragma foreign_keys = on;
      pragma mmap_size = 0;
      pragma cache_size = -16384;
      pragma temp_store = memory;
      pragma journal_size_limit = 67108864;
      pragma wal_autocheckpoint = 4000;
      pragma synchronous = full;
      pragma busy_timeout = 0;
    `,
  );
}

/** A connection that cannot write. Under WAL readers wait for nobody, except while a crashed writer's log is recovered. */
export function connectReader(path: string): DatabaseSync {
  return prepared(
    new DatabaseSync(path, { readOnly: true, timeout: OPENING_TIMEOUT_MS }),
    "pragma mmap_size = 0; pragma cache_size = -8192; pragma temp_store = memory;",
  );
}

/** A connection that refuses its settings is closed again. */
function prepared(database: DatabaseSync, settings: string): DatabaseSync {
  using opened = new DisposableStack();
  opened.use(database);
  database.exec(settings);
  opened.move();
  return database;
}
