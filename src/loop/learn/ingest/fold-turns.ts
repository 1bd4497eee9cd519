import type { TraceRecord } from "../../../formats/record.ts";
import { idOf } from "../../../model/ids.ts";
import { msOf, type Instant } from "../../../model/time.ts";
import type { Turn } from "../../../model/trace.ts";
import type { FoldScope } from "./fold-scope.ts";
import type { FoldState, OpenTurn } from "./fold-state.ts";
import type { TraceRows } from "./trace-rows.ts";

export function startTurn(scope: FoldScope, record: TraceRecord & { kind: "turn_started" }): void {
  const { state } = scope;
  state.hasTurnLines = true;
  if (state.turn !== null && isTurn(state.turn, record.turnId)) return;
  putOpenTurn(state, scope.rows);
  openTurn(scope, { turnId: record.turnId, at: record.at, mayBeCompaction: record.compaction, synthetic: false });
}

export function endTurn(scope: FoldScope, record: TraceRecord & { kind: "turn_ended" }): void {
  const { state, rows } = scope;
  const turn = state.turn;
  if (turn === null || (record.turnId !== null && !turn.synthetic && !isTurn(turn, record.turnId))) return;
  const error = record.error === null ? null : scope.excerpts.word(record.error);
  rows.putTurn({
    ...rowOf(turn),
    outcome: record.outcome,
    error,
    endedAt: record.at,
    durationMs: spanOf(turn.startedAt, record.at),
  });
  state.turn = null;
}

function isTurn(turn: OpenTurn, turnId: string | null): boolean {
  return turnId !== null && turn.turnId === idOf.turn(turnId);
}

/**
 * Versions without turn lines: a user message ends the turn before and starts the next; anything the agent does without
 * one starts a turn too.
 */
export function noteActivity(scope: FoldScope, activity: "user" | "agent" | "call", at: Instant | null): void {
  const { state, rows } = scope;
  if (state.turn === null && !state.hasTurnLines)
    openTurn(scope, { turnId: null, at, mayBeCompaction: false, synthetic: true });
  else if (activity === "user" && state.turn?.synthetic === true && state.turn.endedAt !== null) {
    putOpenTurn(state, rows);
    openTurn(scope, { turnId: null, at, mayBeCompaction: false, synthetic: true });
  }
  if (state.turn === null) return;
  if (activity === "user") state.turn = { ...state.turn, mayBeCompaction: false, kind: "task" };
  state.turn = {
    ...state.turn,
    answered: activity === "agent",
    endedAt: activity === "user" ? state.turn.endedAt : (at ?? state.turn.startedAt ?? UNTIMED),
  };
}

/** A compaction inside a turn that began like one makes it a turn of that kind. */
export function noteCompaction(state: FoldState): void {
  if (state.turn?.mayBeCompaction === true) state.turn = { ...state.turn, kind: "compaction" };
}

/** Marks a synthetic turn of a version without times as begun and acted in; never stored. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only ever compared with null.
const UNTIMED = "" as Instant;

/** Writes the open turn as it stands: unfinished, or completed where the version has no way to say so and the agent had answered. */
export function putOpenTurn(state: FoldState, rows: TraceRows): void {
  const turn = state.turn;
  if (turn === null) return;
  const completed = turn.synthetic && turn.answered;
  const endedAt = completed && turn.endedAt !== UNTIMED ? turn.endedAt : null;
  rows.putTurn({
    ...rowOf(turn),
    outcome: completed ? "completed" : "unfinished",
    endedAt,
    durationMs: spanOf(turn.startedAt, endedAt),
  });
}

interface NewTurn {
  readonly turnId: string | null;
  readonly at: Instant | null;
  readonly mayBeCompaction: boolean;
  readonly synthetic: boolean;
}

function openTurn(scope: FoldScope, { turnId, at, mayBeCompaction, synthetic }: NewTurn): void {
  const { state, sessionId } = scope;
  state.turnsSeen += 1;
  scope.rows.begun.turns += 1;
  const { segment, offset, line, ordinal } = scope.at;
  const turn: OpenTurn = {
    sessionId,
    segment,
    offset,
    line,
    ordinal,
    reverted: false,
    turnId: idOf.turn(turnId ?? `${sessionId}:${state.turnsSeen}`),
    kind: "task",
    outcome: "unfinished",
    error: null,
    model: state.model,
    approvalPolicy: state.approvalPolicy,
    sandbox: state.sandbox,
    startedAt: at,
    endedAt: null,
    durationMs: null,
    synthetic,
    mayBeCompaction,
    answered: false,
  };
  state.turn = turn;
}

function rowOf(turn: OpenTurn): Turn {
  const { synthetic: _synthetic, mayBeCompaction: _mayBe, answered: _answered, ...row } = turn;
  return row;
}

function spanOf(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : msOf(to) - msOf(from);
}
