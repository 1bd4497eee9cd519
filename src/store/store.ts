/**
 * What an act receives. Reading acts take a `Reader`, writing acts a `Tx`; only `Store.write` makes a `Tx`, so an act
 * cannot open, nest, retry or commit anything, and what several acts do in one `write` happens together or not at all.
 */
import type { Kysely } from "kysely";
import type { EventId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { Dialect } from "./dialect.ts";
import type { Schema } from "./schema.ts";

export interface Reader {
  readonly db: Kysely<Schema>;
  readonly dialect: Dialect;
}

/** Who writes and why; stamped on every event of the transaction. */
export interface Stamp {
  /** A closed word: `cli`, `server`, a stage's or chore's name. */
  readonly actor: string;
  readonly cause?: EventId;
  readonly trace?: string;
  readonly simulated?: boolean;
}

declare const transaction: unique symbol;

export interface Tx extends Reader {
  readonly [transaction]: true;
  readonly stamp: Required<Omit<Stamp, "cause" | "trace">> & { readonly cause: EventId | null; readonly trace: string | null };
  /** The transaction's time from the app clock, the same for all its rows. */
  readonly now: Instant;
}

export interface WriteOptions {
  /**
   * `durable` (default): on disk when `write` returns. `rebuildable`: may lose the last commits at power loss, never at
   * process death; only for rows that can be read again from the recordings.
   */
  readonly durability?: "durable" | "rebuildable";
}

export interface Store extends AsyncDisposable {
  readonly kind: "sqlite" | "postgres";
  /** Where it is, for people: a path, or a URL without its password. */
  readonly address: string;
  read<T>(act: (reader: Reader) => Promise<T>): Promise<T>;
  /** Begins, runs, commits; retries the whole of `act` when the store was busy. A `write` inside a `write` throws. */
  write<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>;
}
