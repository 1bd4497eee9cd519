/**
 * What an act receives. Reading acts take a `Reader`, writing acts a `Tx`; only `Store.write` makes a `Tx`, so an act
 * cannot open, nest, retry or commit anything, and what several acts do in one `write` happens together or not at all.
 */
import type { EventId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { Connection, Dialect, WriteConnection } from "./dialect.ts";

export interface Reader extends Connection {
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

/** A `Stamp` with nothing left out. */
export interface FullStamp {
  readonly actor: string;
  readonly cause: EventId | null;
  readonly trace: string | null;
  readonly simulated: boolean;
}

export interface Tx extends Reader, WriteConnection {
  readonly stamp: FullStamp;
  /** The transaction's time from the app clock, the same for all its rows. */
  readonly now: Instant;
}

/** For the adapters' `write` alone: whoever makes a `Tx` has begun a transaction and will end it. */
export function makeTx(reader: Reader, stamp: Stamp, now: Instant): Tx {
  const full: FullStamp = {
    actor: stamp.actor,
    cause: stamp.cause ?? null,
    trace: stamp.trace ?? null,
    simulated: stamp.simulated ?? false,
  };
  // The brand exists for the type checker only, so it has no value to give.
  return { ...reader, stamp: full, now } as Tx;
}

export interface WriteOptions {
  /**
   * `durable` (default): on disk when `write` returns. `rebuildable`: may lose the last commits at power loss, never at
   * process death; only for rows that can be read again from the recordings, and for reservations of model requests,
   * which end with the machine.
   */
  readonly durability?: "durable" | "rebuildable";
}

export interface Store extends AsyncDisposable {
  readonly kind: "sqlite" | "postgres";
  /** Where it is, for people: a path, or a URL without its password. */
  readonly address: string;
  /** Runs `act` on one snapshot. A `read` or `write` inside `act` throws: what is decided inside is read through the `Reader`. */
  read<T>(act: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Begins, runs, commits; runs the whole of `act` again when the store was busy, so `act` touches nothing but the `Tx`.
   * A `read` or `write` inside `act` throws. Throws `FailureError` with `store_busy` after 30 seconds of waiting.
   */
  write<T>(stamp: Stamp, act: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>;
  /**
   * Copies the store, as it stands, to a new file of mode 0600 while others go on writing. Throws `FailureError` where
   * the store is not a file: a server has its own tools.
   */
  backup(path: string): Promise<void>;
}
