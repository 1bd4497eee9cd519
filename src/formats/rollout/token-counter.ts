/**
 * Turns the token lines of ONE file, in order, into one row per model response.
 *
 * Rule 1 (0.156 and later): usage records are the truth, measured; running totals then count for nothing.
 * Rule 2 (before): a response is an advance of the running totals. Equal totals only refresh a screen. Totals that go
 * down, or that equal the last response while others came before, were started again by a resume: a new epoch. A row
 * is measured where advance and last response agree in an unforked stretch, estimated wherever it must choose.
 *
 * Rows of rule 2 are named by thread, epoch and totals, so that a fork's copy of its parent's counters gets the names
 * the parent's own rows have: whoever stores rows keeps the first of a name and the copies collapse.
 */
import type { Provenance } from "../../model/provenance.ts";
import type { Instant } from "../../model/time.ts";
import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import type { TraceRecord } from "../record.ts";
import { newReplayWatch, ownerOf, watchReplay, type ReplayWatch } from "./replay-watch.ts";

/** The first version whose files carry a usage record for every response. */
const RECORDS_SINCE = [0, 156] as const;

/** Plain JSON: it is checkpointed between two readings of a growing file. */
export interface TokenCounterState {
  readonly replay: ReplayWatch;
  /** Usage records rule this file. */
  readonly hasRecords: boolean;
  /** How often totals were started again. */
  readonly epoch: number;
  readonly total: TokenCounts | null;
  /** Counters were copied into this file, so where its own begin was inferred. */
  readonly copied: boolean;
  readonly turnId: string | null;
}

/** One model response. */
export interface CountedTokens {
  readonly responseId: string;
  readonly tokens: TokenCounts;
  readonly provenance: Provenance;
  readonly at: Instant | null;
  readonly turnId: string | null;
  /** The thread that asked; another than the file's own when the line was copied from it. `null` when not known. */
  readonly threadId: string | null;
}

export interface Counted {
  readonly state: TokenCounterState;
  readonly rows: readonly CountedTokens[];
}

export function newTokenCounter(): TokenCounterState {
  return { replay: newReplayWatch(), hasRecords: false, epoch: 0, total: null, copied: false, turnId: null };
}

/** Takes every record of the file in order, not only token lines: sessions, turns and times tell copies apart. */
export function countTokens(state: TokenCounterState, record: TraceRecord): Counted {
  if (saysNothing(state, record)) return { state, rows: NO_ROWS };
  const next = { ...state, replay: watchReplay(state.replay, record) };
  switch (record.kind) {
    case "session":
      return {
        state: { ...next, hasRecords: next.hasRecords || hasRecordsSince(next.replay.thread?.cliVersion ?? null) },
        rows: [],
      };
    case "turn_started":
      return { state: { ...next, turnId: record.turnId }, rows: [] };
    case "context":
      return { state: { ...next, turnId: record.turnId ?? next.turnId }, rows: [] };
    case "usage":
      return { state: { ...next, hasRecords: true }, rows: [measured(record, next)] };
    case "token_count":
      return next.hasRecords ? { state: next, rows: [] } : counted(next, record);
    default:
      return { state: next, rows: [] };
  }
}

const NO_ROWS: readonly CountedTokens[] = [];

/** Most records neither count nor change who is counting: outside a replay they pass without making anything. */
function saysNothing({ replay, hasRecords }: TokenCounterState, { kind }: TraceRecord): boolean {
  if (replay.replaying) return false;
  return kind === "token_count" ? hasRecords : !COUNTING.has(kind);
}

const COUNTING: ReadonlySet<TraceRecord["kind"]> = new Set([
  "session",
  "turn_started",
  "context",
  "usage",
  "token_count",
]);

function hasRecordsSince(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  return major > RECORDS_SINCE[0] || (major === RECORDS_SINCE[0] && minor >= RECORDS_SINCE[1]);
}

function measured(record: TraceRecord & { kind: "usage" }, state: TokenCounterState): CountedTokens {
  const { responseId, tokens, at, turnId, provenance = "measured" } = record;
  return { responseId, tokens, provenance, at, turnId, threadId: record.threadId ?? ownerOf(state.replay) };
}

function counted(state: TokenCounterState, { at, total, last }: TraceRecord & { kind: "token_count" }): Counted {
  if (state.total !== null && isSame(total, state.total)) return { state, rows: [] };
  const step = stepOf(state.total, total, last);
  const next = {
    ...state,
    total,
    epoch: state.epoch + (step.restarted ? 1 : 0),
    copied: state.copied || state.replay.replaying,
  };
  const threadId = ownerOf(state.replay);
  const spent = step.tokens.input + step.tokens.output > 0;
  if (!spent || (threadId === null && state.replay.replaying)) return { state: next, rows: [] };
  const { input, cachedInput, output, reasoning } = total;
  const row: CountedTokens = {
    responseId: `est:${threadId}:${next.epoch}:${input}-${cachedInput}-${output}-${reasoning}`,
    tokens: step.tokens,
    provenance: step.guessed || next.copied ? "estimated" : "measured",
    at,
    turnId: state.turnId,
    threadId,
  };
  return { state: next, rows: [row] };
}

interface Step {
  readonly tokens: TokenCounts;
  readonly restarted: boolean;
  readonly guessed: boolean;
}

/** What one more response cost, from the totals before and after it and from what the line says of it. */
function stepOf(before: TokenCounts | null, total: TokenCounts, last: TokenCounts): Step {
  if (isNothing(total)) return { tokens: NO_TOKENS, restarted: before !== null, guessed: false };
  const startsHere = isSame(total, last);
  if (before === null)
    return { tokens: startsHere || isNothing(last) ? summed(total) : last, restarted: false, guessed: !startsHere };
  const advance = minus(total, before);
  if (isSame(advance, last)) return { tokens: last, restarted: false, guessed: false };
  const wentBack = advance.input < 0 || advance.output < 0;
  if (startsHere || wentBack)
    return { tokens: isNothing(last) ? summed(total) : last, restarted: true, guessed: !startsHere };
  return { tokens: advance, restarted: false, guessed: true };
}

/** Equal in everything counted. The stated sum is left out: an overflow fills it up to the window's size. */
function isSame(left: TokenCounts, right: TokenCounts): boolean {
  return (
    left.input === right.input &&
    left.output === right.output &&
    left.cachedInput === right.cachedInput &&
    left.reasoning === right.reasoning
  );
}

function isNothing(tokens: TokenCounts): boolean {
  return tokens.input === 0 && tokens.output === 0;
}

/** The same counts with a sum that cannot lie. */
function summed(tokens: TokenCounts): TokenCounts {
  return { ...tokens, total: tokens.input + tokens.output };
}

function minus(left: TokenCounts, right: TokenCounts): TokenCounts {
  return summed({
    input: left.input - right.input,
    cachedInput: Math.max(0, left.cachedInput - right.cachedInput),
    cacheWriteInput: Math.max(0, left.cacheWriteInput - right.cacheWriteInput),
    output: left.output - right.output,
    reasoning: Math.max(0, left.reasoning - right.reasoning),
    total: 0,
  });
}
