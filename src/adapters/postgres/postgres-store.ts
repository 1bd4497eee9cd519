/** The store on a Postgres server: a pool, one connection per transaction. */
import { type Kysely, sql } from "kysely";
import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import { retry } from "../../kit/retry.ts";
import { type Failure, FailureError } from "../../model/failure.ts";
import { instantOf } from "../../model/time.ts";
import type { Dialect } from "../../store/dialect.ts";
import { makeNesting } from "../../store/nesting.ts";
import type { Schema } from "../../store/schema.ts";
import { makeTx, type Reader, type Stamp, type Store, type Tx, type WriteOptions } from "../../store/store.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { isTransient } from "./transient.ts";

const GIVE_UP_MS = 30_000;
const pauseMs = (tries: number): number => Math.min(50, 4 + tries);

export interface PostgresStoreOptions {
  /** The URL without its password. */
  readonly address: string;
  readonly db: Kysely<Schema>;
  readonly clock: Clock;
  readonly random: Random;
}

export class PostgresStore implements Store {
  readonly kind = "postgres";
  readonly address: string;
  readonly #options: PostgresStoreOptions;
  readonly #nesting = makeNesting();
  readonly #dialect: Dialect = postgresDialect();
  #closing: Promise<void> | null = null;

  constructor(options: PostgresStoreOptions) {
    this.address = options.address;
    this.#options = options;
  }

  read<T>(act: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#nesting.alone("read", () =>
      this.#options.db
        .transaction()
        .setAccessMode("read only")
        .execute((db) => act({ db, dialect: this.#dialect })),
    );
  }

  write<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const { clock, random } = this.#options;
    return this.#nesting.alone("write", async () => {
      try {
        return await retry(() => this.#once(stamp, act, options), {
          clock,
          random,
          pauseMs,
          giveUpAfterMs: GIVE_UP_MS,
          isRetryable: isTransient,
        });
      } catch (error) {
        if (isTransient(error)) throw new FailureError(busy(this.address, error));
        throw error;
      }
    });
  }

  async backup(_path: string): Promise<void> {
    throw new FailureError({
      code: "usage",
      message: `The store ${this.address} is a server's, not a file.`,
      cause: "A copy of a running server is made by the server's own tools.",
      hint: "Do this: use pg_dump, or `codex-loop store export`.",
      retry: "never",
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#options.db.destroy();
    return this.#closing;
  }

  #once<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T> {
    return this.#options.db.transaction().execute(async (db) => {
      if (options.durability === "rebuildable") await sql`set local synchronous_commit = off`.execute(db);
      return act(makeTx({ db, dialect: this.#dialect }, stamp, instantOf(this.#options.clock.now())));
    });
  }
}

function busy(address: string, error: unknown): Failure {
  return {
    code: "store_busy",
    message: `The store ${address} has been busy for ${GIVE_UP_MS / 1000} seconds.`,
    cause: error instanceof Error ? error.message : String(error),
    hint: "Do this: wait for the other processes to finish, and try again.",
    retry: "later",
  };
}
