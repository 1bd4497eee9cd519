/** The few things SQLite and Postgres spell differently. One object per adapter; acts never ask which one they got. */
import type { Expression, ExpressionBuilder, Kysely, RawBuilder, Selectable, SelectQueryBuilder } from "kysely";
import type { Position } from "../model/event.ts";
import type { EventsTable, Schema } from "./schema.ts";

export type TableName = keyof Schema;

/** The part of a `Reader` that a dialect needs; a `Reader` carries its dialect, so the dialect cannot name it. */
export interface Connection {
  readonly db: Kysely<Schema>;
}

declare const transaction: unique symbol;

/** A connection inside `Store.write`: the part of a `Tx` that a dialect needs. */
export interface WriteConnection extends Connection {
  readonly [transaction]: true;
}

export interface SearchHit {
  readonly session_id: string;
  readonly segment: string;
  readonly offset: number;
  readonly line: number;
  readonly turn_id: string | null;
  readonly source: "message" | "command";
  /** All of the message or command, so that an excerpt can be cut from it. */
  readonly text: string;
  /** Higher is better; comparable only within one answer. */
  readonly score: number;
}

/**
 * Places in the event log. SQLite writes one transaction at a time, so `seq` is the reading order; on Postgres it is
 * (tx, seq), because a `seq` taken early may be committed late.
 */
export interface Places {
  /** Before the first event. */
  readonly start: Position;
  /** Text from outside as a place; `null` when it cannot be one. */
  parse(text: string): Position | null;
  /** The place of a row. */
  of(eb: ExpressionBuilder<Schema, "events">): RawBuilder<Position>;
  /** Condition: the row stands behind `position`. */
  after(eb: ExpressionBuilder<Schema, "events">, position: Position): RawBuilder<boolean>;
  /** Sorts in reading order, or against it. */
  inOrder<Output>(
    query: SelectQueryBuilder<Schema, "events", Output>,
    direction?: "asc" | "desc",
  ): SelectQueryBuilder<Schema, "events", Output>;
}

export interface Dialect {
  readonly kind: "sqlite" | "postgres";
  /**
   * Writes many rows at once, the fastest way the store has. `onConflict` names the key columns: `update` replaces the
   * other columns, `ignore` keeps the old row.
   */
  bulkInsert<Name extends TableName>(
    tx: WriteConnection,
    table: Name,
    rows: readonly Record<string, string | number | null>[],
    onConflict: { readonly key: readonly string[]; readonly then: "update" | "ignore" },
  ): Promise<void>;
  /** Full text over messages and commands; `words` is what a person typed, never query syntax. */
  search(reader: Connection, words: string, limit: number): Promise<readonly SearchHit[]>;
  /** `2026-11-20` of a time column. */
  dayOf(column: Expression<string | null>): RawBuilder<string | null>;
  /** Adds `FOR UPDATE SKIP LOCKED` where the store has it; SQLite's single writer needs nothing. */
  skipLocked<Output>(query: SelectQueryBuilder<Schema, "jobs", Output>): SelectQueryBuilder<Schema, "jobs", Output>;
  /** Condition that keeps events whose place in the log is settled: none in flight stands before them. */
  settled(eb: ExpressionBuilder<Schema, "events">): RawBuilder<boolean>;
  readonly places: Places;
  /** Appends events of another store in the order given, before every event of this one (Postgres: `tx = 0`). */
  insertMovedEvents(tx: WriteConnection, rows: readonly Omit<Selectable<EventsTable>, "seq">[]): Promise<void>;
  /** Bytes on disk of each table with its indexes. */
  tableBytes(reader: Connection): Promise<ReadonlyMap<string, number>>;
}
