import { isObject, type Json } from "../kit/json.ts";
import type { EventId } from "./ids.ts";
import type { Instant } from "./time.ts";

/**
 * The closed list of event types, past facts. Payloads hold ids, hashes, numbers and closed words only: a row is
 * sealed for ever, so nothing may stand in it that would ever need removing. `job.failed`, `effect.missing` and
 * `effect.overdue` are alarms: something that should have happened has not.
 */
export const EVENT_TYPES = [
  "store.created",
  "traces.ingested",
  "signals.computed",
  "daily.finished",
  "store.pruned",
  "job.failed",
  "effect.wanted",
  "effect.verified",
  "effect.missing",
  "effect.unverifiable",
  "effect.overdue",
  "idea.registered",
  "idea.changed",
  "plan.ready",
  "task.changed",
  "attempt.queued",
  "attempt.started",
  "attempt.verifying",
  "attempt.ended",
  "attempt.stopping",
  "change.recorded",
  "change.changed",
  "approval.asked",
  "approval.decided",
  "policy.decided",
  "cap.hit",
  "cap.extended",
  "control.changed",
  "breaker.opened",
  "breaker.tried",
  "breaker.closed",
  "fence.refused",
  "guard.fired",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

declare const closedText: unique symbol;
/** A word, id or hash: no spaces, at most 200 characters of `A–Z a–z 0–9 . _ : / @ # + -`. */
export type ClosedText = string & { readonly [closedText]: true };

const CLOSED_TEXT = /^[A-Za-z0-9._:/@#+-]{0,200}$/;

export function isClosedText(text: string): text is ClosedText {
  return CLOSED_TEXT.test(text);
}

/** Ids, hashes, numbers, yes or no, and closed words, nested as one likes. Free text does not pass `openTextIn`. */
export type EventPayload = { readonly [key: string]: Json };

/** Where free text stands in a payload (`a.b.0`), or `null` when there is none. Names of members count as text. */
export function openTextIn(value: unknown, at: string = "payload"): string | null {
  if (typeof value === "string") return isClosedText(value) ? null : at;
  if (typeof value === "number") return Number.isFinite(value) ? null : at;
  if (!Array.isArray(value) && !isObject(value)) return null;
  for (const [name, member] of Object.entries<unknown>(value)) {
    const found = isClosedText(name) ? openTextIn(member, `${at}.${name}`) : at;
    if (found !== null) return found;
  }
  return null;
}

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
