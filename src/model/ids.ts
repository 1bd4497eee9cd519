import { hashParts } from "../kit/hash.ts";
import { randomHex } from "../kit/random.ts";
import { storable } from "../kit/text.ts";

declare const id: unique symbol;
type Id<Noun extends string> = string & { readonly [id]: Noun };

/** A session is one thread of the agent; its id is Codex's thread id. */
export type SessionId = Id<"session">;
export type TurnId = Id<"turn">;
export type CallId = Id<"call">;
/** One per model response; the key of token truth. */
export type ResponseId = Id<"response">;
/** A recording file's name without folder and `.zst`: where trace rows point to. */
export type SegmentName = Id<"segment">;
export type SignalId = Id<"signal">;
export type EventId = Id<"event">;
export type EffectId = Id<"effect">;
export type JobId = Id<"job">;
export type IdeaId = Id<"idea">;
export type PlanId = Id<"plan">;
export type TaskId = Id<"task">;
export type AttemptId = Id<"attempt">;
export type ChangeId = Id<"change">;
export type ApprovalId = Id<"approval">;
export type LedgerId = Id<"ledger">;
export type DecisionId = Id<"decision">;

/** The longest id that recordings may bring: three of them fit into one index entry of every store. */
const LONGEST = 200;

/** An id from a recording as every store can keep it: nobody promises that it is well formed or short. */
function keepable(text: string): string {
  if (text.length <= LONGEST) return storable(text);
  return `${storable(text.slice(0, LONGEST - 20))}~${hashParts(text).slice(0, 16)}`;
}

/** The one place where text from outside becomes an id. The ingest fold has replaced ids that hold a secret before. */
export const idOf = {
  session: (text: string): SessionId => keepable(text) as SessionId,
  turn: (text: string): TurnId => keepable(text) as TurnId,
  call: (text: string): CallId => keepable(text) as CallId,
  response: (text: string): ResponseId => keepable(text) as ResponseId,
  segment: (text: string): SegmentName => text as SegmentName,
  signal: (text: string): SignalId => text as SignalId,
  event: (text: string): EventId => text as EventId,
  effect: (text: string): EffectId => text as EffectId,
  job: (text: string): JobId => text as JobId,
  idea: (text: string): IdeaId => text as IdeaId,
  plan: (text: string): PlanId => text as PlanId,
  task: (text: string): TaskId => text as TaskId,
  attempt: (text: string): AttemptId => text as AttemptId,
  change: (text: string): ChangeId => text as ChangeId,
  approval: (text: string): ApprovalId => text as ApprovalId,
  ledger: (text: string): LedgerId => text as LedgerId,
  decision: (text: string): DecisionId => text as DecisionId,
};

/** Same session, category and place give the same id, so finding a signal twice changes nothing. */
export function signalId(session: SessionId, category: string, seq: number): SignalId {
  return `sig_${hashParts(session, category, seq).slice(0, 20)}` as SignalId;
}

/**
 * A time-ordered UUID (version 7) for `ms` since the epoch. `ordinal` (0 to 4095) orders ids that are made together; without
 * one, ids of one millisecond stand in any order.
 */
function uuid7(ms: number, ordinal?: number): string {
  const time = ms.toString(16).padStart(12, "0");
  const chance = randomHex(10);
  const place = ordinal === undefined ? chance.slice(0, 3) : (ordinal % 4096).toString(16).padStart(3, "0");
  const variant = ((Number.parseInt(chance.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${variant}${chance.slice(4, 7)}-${chance.slice(7, 19)}`;
}

/** New ids, ordered by the time they were made at (milliseconds since the epoch). */
export const newId = {
  event: (ms: number): EventId => uuid7(ms) as EventId,
  effect: (ms: number): EffectId => uuid7(ms) as EffectId,
  job: (ms: number, ordinal: number): JobId => uuid7(ms, ordinal) as JobId,
  idea: (ms: number): IdeaId => uuid7(ms) as IdeaId,
  plan: (ms: number): PlanId => uuid7(ms) as PlanId,
  task: (ms: number, ordinal: number): TaskId => uuid7(ms, ordinal) as TaskId,
  attempt: (ms: number): AttemptId => uuid7(ms) as AttemptId,
  change: (ms: number): ChangeId => uuid7(ms) as ChangeId,
  approval: (ms: number): ApprovalId => uuid7(ms) as ApprovalId,
  ledger: (ms: number): LedgerId => uuid7(ms) as LedgerId,
  decision: (ms: number): DecisionId => uuid7(ms) as DecisionId,
};
