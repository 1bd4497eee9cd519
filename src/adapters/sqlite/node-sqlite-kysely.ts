/** Kysely on `node:sqlite`: a driver object with a statement cache, and transactions that take the write lock at once. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  HandleEmptyInListsPlugin,
  Kysely,
  replaceWithNoncontingentExpression,
  SqliteDialect,
  type SqliteDatabase,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from "kysely";
import type { Schema } from "../../store/schema.ts";

/** Statements kept ready per connection; acts have about a hundred, `in (…)` lists of many lengths make the rest. */
const KEPT_STATEMENTS = 256;

export function kyselyOver(database: DatabaseSync): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new NodeSqliteDialect(database),
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: driverObject(database) });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database);
  }
}

/**
 * `begin immediate` takes the write lock before the first read, so a transaction never finds at its first write that
 * somebody else wrote after its snapshot (SQLITE_BUSY_SNAPSHOT, which no waiting cures).
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: driverObject(database) });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const reading = settings?.accessMode === "read only";
    await connection.executeQuery(CompiledQuery.raw(reading ? "begin" : "begin immediate"));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk or an I/O error has already rolled back; a second rollback would hide the first error.
    if (this.#database.isTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }
}

/** The object Kysely's SQLite driver wants, over `node:sqlite`. */
function driverObject(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = kept.get(text) ?? statementObject(database, text);
      // Taking it out and putting it back keeps the map in order of last use.
      kept.delete(text);
      kept.set(text, statement);
      const oldest = kept.keys().next();
      if (kept.size > KEPT_STATEMENTS && oldest.done !== true) kept.delete(oldest.value);
      return statement;
    },
  };
}

function statementObject(database: DatabaseSync, text: string): SqliteStatement {
  const statement: StatementSync = database.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...inputs(parameters)),
    run: (parameters) => statement.run(...inputs(parameters)),
    // A kept statement may be asked again while a caller is half way through it, so each walk has its own.
    iterate: (parameters) => database.prepare(text).iterate(...inputs(parameters)),
  };
}

/** Kysely types parameters as unknown; node:sqlite itself throws on what it cannot bind. */
function inputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
