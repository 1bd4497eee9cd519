import type { Json } from "../kit/json.ts";
import type { EventId } from "./ids.ts";
import type { Instant } from "./time.ts";

/**
 * The closed list of event types, past facts. Payloads hold ids, hashes, numbers and closed words only: a row is
 * sealed for ever, so nothing may stand in it that would ever need removing.
 */
export const EVENT_TYPES = [
  "store.created",
  "traces.ingested",
  "signals.computed",
  "costs.computed",
  "daily.finished",
  "store.imported",
  "store.pruned",
  "job.enqueued",
  "job.claimed",
  "job.finished",
  "effect.wanted",
  "effect.verified",
  "effect.missing",
  "effect.unverifiable",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

declare const closedText: unique symbol;
/** A word, id or hash: no spaces, at most 200 characters of `A–Z a–z 0–9 . _ : / @ # + -`. */
export type ClosedText = string & { readonly [closedText]: true };

export type EventPayload = { readonly [key: string]: Json };

/** One row of the append-only log. Who, why and when are stamped from the transaction that changed the state. */
export interface Event {
  readonly id: EventId;
  /** What it is about, e.g. a session id; events with one key are delivered in order. */
  readonly key: string;
  readonly type: EventType;
  readonly actor: string;
  /** The event that led to this one. */
  readonly cause: EventId | null;
  readonly trace: string | null;
  readonly at: Instant;
  readonly simulated: boolean;
  readonly payload: EventPayload;
}

declare const position: unique symbol;
/** An opaque place in the log, comparable only by the store that gave it. Also used in SSE ids and cursors. */
export type Position = string & { readonly [position]: true };
