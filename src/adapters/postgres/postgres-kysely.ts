import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  replaceWithNoncontingentExpression,
  type TransactionSettings,
} from "kysely";
import pg from "pg";
import type { Schema } from "../../store/schema.ts";

/** Kysely over `pool`; every transaction begins with the settings of this store. */
export function kyselyOver(pool: pg.Pool, schema: string): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new StoreDialect(pool, schema),
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

class StoreDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  readonly #schema: string;

  constructor(pool: pg.Pool, schema: string) {
    super({ pool });
    this.#pool = pool;
    this.#schema = schema;
  }

  override createDriver(): Driver {
    return new StoreDriver(this.#pool, this.#schema);
  }
}

/**
 * Begins with `set local`, which ends with the transaction: a pooler between us and the server would leak session
 * settings to others. Sent as one message of several statements, so it costs no round trip of its own.
 */
class StoreDriver extends PostgresDriver {
  readonly #settings: string;

  constructor(pool: pg.Pool, schema: string) {
    super({ pool });
    this.#settings = [
      `set local search_path = ${pg.escapeIdentifier(schema)}`,
      "set local timezone = 'UTC'",
      "set local lock_timeout = '5s'",
      "set local idle_in_transaction_session_timeout = '60s'",
    ].join("; ");
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const begin =
      settings.accessMode === "read only"
        ? "begin isolation level repeatable read, read only"
        : "begin isolation level read committed";
    await connection.executeQuery(CompiledQuery.raw(`${begin}; ${this.#settings}`));
  }
}
