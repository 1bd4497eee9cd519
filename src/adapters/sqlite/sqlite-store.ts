/** The store in one SQLite file. One connection writes, a second one reads; every transaction of a kind waits its turn. */
import type { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import { retry } from "../../kit/retry.ts";
import { type Failure, FailureError } from "../../model/failure.ts";
import { instantOf } from "../../model/time.ts";
import type { Dialect } from "../../store/dialect.ts";
import { makeNesting } from "../../store/nesting.ts";
import type { Schema } from "../../store/schema.ts";
import { makeTx, type Reader, type Stamp, type Store, type Tx, type WriteOptions } from "../../store/store.ts";
import { isBusy } from "./busy.ts";
import { copyTo } from "./copy-to.ts";
import { fileTrouble, isFileTrouble } from "./file-trouble.ts";
import { kyselyOver } from "./node-sqlite-kysely.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** How long `write` tries before it says `store_busy`. */
const GIVE_UP_MS = 30_000;

/** Random pauses share the file fairly among processes; SQLite's own waiting was seen to starve one for seconds. */
const pauseMs = (tries: number): number => Math.min(50, 4 + tries);

export interface SqliteStoreOptions {
  readonly path: string;
  /** `null` for a store that only reads. */
  readonly writer: DatabaseSync | null;
  readonly reader: DatabaseSync;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds after which a busy store is given up. */
  readonly giveUpAfterMs?: number;
}

/** Repeats `attempt` while the file is busy. */
export function retryBusy<T>(
  attempt: () => Promise<T>,
  options: Pick<SqliteStoreOptions, "clock" | "random" | "giveUpAfterMs">,
): Promise<T> {
  const { clock, random, giveUpAfterMs = GIVE_UP_MS } = options;
  return retry(attempt, { clock, random, giveUpAfterMs, pauseMs, isRetryable: isBusy });
}

export class SqliteStore implements Store {
  readonly kind = "sqlite";
  readonly address: string;
  readonly #options: SqliteStoreOptions;
  readonly #nesting = makeNesting();
  readonly #reading: Kysely<Schema>;
  readonly #writing: Kysely<Schema> | null;
  readonly #dialect: Dialect;
  #synchronous: WriteOptions["durability"] = "durable";
  #closing: Promise<void> | null = null;

  constructor(options: SqliteStoreOptions) {
    this.address = options.path;
    this.#options = options;
    this.#reading = kyselyOver(options.reader);
    this.#writing = options.writer === null ? null : kyselyOver(options.writer);
    this.#dialect = sqliteDialect(options.writer ?? options.reader);
  }

  read<T>(act: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#nesting.alone("read", async () => {
      try {
        return await this.#reading
          .transaction()
          .setAccessMode("read only")
          .execute((db) => act({ db, dialect: this.#dialect }));
      } catch (error) {
        throw this.#told(error);
      }
    });
  }

  write<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    return this.#nesting.alone("write", async () => {
      try {
        return await retryBusy(() => this.#once(stamp, act, options), this.#options);
      } catch (error) {
        if (isBusy(error)) throw new FailureError(await this.#busy(error));
        throw this.#told(error);
      }
    });
  }

  async backup(path: string): Promise<void> {
    await copyTo(this.address, path);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Taking each connection waits for the transaction that has it. One that cannot be closed does not keep the other open. */
  async #close(): Promise<void> {
    await using closing = new AsyncDisposableStack();
    closing.defer(async () => this.#writing?.connection().execute(async () => closeWriter(this.#options.writer)));
    closing.defer(() => this.#reading.connection().execute(async () => this.#options.reader.close()));
  }

  async #once<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T> {
    if (this.#writing === null) throw new Error("this store was opened to read only");
    return this.#writing.connection().execute(async (connection) => {
      this.#setDurability(options.durability ?? "durable");
      return connection.transaction().execute((db) => {
        const now = instantOf(this.#options.clock.now());
        return act(makeTx({ db, dialect: this.#dialect }, stamp, now));
      });
    });
  }

  /** Cannot change inside a transaction, and takes effect while it is prepared: `exec`, never a kept statement. */
  #setDurability(durability: "durable" | "rebuildable"): void {
    if (this.#synchronous === durability) return;
    this.#options.writer?.exec(`pragma synchronous = ${durability === "durable" ? "full" : "normal"}`);
    this.#synchronous = durability;
  }

  /** What the file did becomes a failure for people; a bug stays the error it is. */
  #told(error: unknown): unknown {
    return isFileTrouble(error) ? new FailureError(fileTrouble(this.address, error)) : error;
  }

  async #busy(cause: unknown): Promise<Failure> {
    const held = await this.#reading.selectFrom("leases").select(["name", "holder"]).orderBy("name").execute();
    const holders = held.map(({ name, holder }) => `${name} is held by ${holder}`).join(", ");
    return {
      code: "store_busy",
      message: `The store ${this.address} has been busy for ${(this.#options.giveUpAfterMs ?? GIVE_UP_MS) / 1000} seconds.`,
      cause:
        holders === "" ? `Another process is writing (${String(cause)}).` : `Another process is writing: ${holders}.`,
      hint: "Do this: wait for it to finish, or stop it, and try again.",
      retry: "later",
    };
  }
}

/** Leaves statistics for the planner behind; the last connection to close folds the log into the file. */
function closeWriter(writer: DatabaseSync | null): void {
  try {
    writer?.exec("pragma optimize");
  } catch (error) {
    // Somebody is writing: they will do it. A damaged file was told of by whoever wanted something of it.
    if (!isBusy(error) && !isFileTrouble(error)) throw error;
  } finally {
    writer?.close();
  }
}
