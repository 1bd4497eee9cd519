import { isSandboxText } from "../../../formats/call-verdict.ts";
import type { CallItem, CallStarted, CallVerdict, RawChange } from "../../../formats/record.ts";
import { wholeOrNull } from "../../../kit/json.ts";
import { idOf } from "../../../model/ids.ts";
import type { CallOutcome } from "../../../model/outcome.ts";
import type { FileChange, ToolCall } from "../../../model/trace.ts";
import { msOf, type Instant } from "../../../model/time.ts";
import type { Excerpts } from "./excerpts.ts";
import { isSandboxed, OPEN_CALLS, RECENT_CALLS, type FoldState, type OpenCall } from "./fold-state.ts";
import type { FoldScope } from "./fold-scope.ts";
import type { TraceRows } from "./trace-rows.ts";

const CODE_CELL_TOOL = "exec";
/** Outcomes the output line is sure of; an item may not overrule them. */
const SURE: readonly CallOutcome[] = [
  "denied_by_user",
  "rejected_by_policy",
  "blocked_by_hook",
  "tool_error",
  "aborted",
];

export function startCall(scope: FoldScope, record: CallStarted): void {
  const { state, at } = scope;
  const call: OpenCall = {
    ...newCall(scope, record),
    callId: idOf.call(record.callId),
    parentCallId: null,
    outcome: "unfinished",
    exitCode: null,
    excerpt: scope.excerpts.none,
    startedAt: record.at,
    endedAt: null,
    durationMs: null,
    endLine: at.line,
    process: record.process,
    isCell: record.tool === CODE_CELL_TOOL,
  };
  for (const open of state.open) if (open.callId === call.callId) putAside(scope, open);
  state.open.push(call);
  const oldest = state.open.length > OPEN_CALLS ? state.open[0] : undefined;
  if (oldest !== undefined) putAside(scope, oldest);
  scope.rows.begun.calls += 1;
}

export function endCall(scope: FoldScope, callId: string, verdict: CallVerdict, endedAt: Instant | null): void {
  const id = idOf.call(callId);
  const call = scope.state.open.find((open) => open.callId === id);
  if (call === undefined) return;
  if (call.process !== null) {
    endProcess(scope, call.process, verdict, endedAt);
    const own = SURE.includes(verdict.outcome) ? verdict : { ...verdict, outcome: "ok" as const, exitCode: null };
    finish(scope, call, own, endedAt);
  } else if (verdict.outcome === "running" && verdict.process !== null) {
    keepRunning(scope, call, verdict, endedAt);
  } else {
    finish(scope, call, verdict, endedAt);
  }
}

/** Whether a call has begun and its output line is still to come: that line decides, whatever an item says before it. */
export function awaitsOutput(state: FoldState, callId: string): boolean {
  return (
    state.source === "rollout" && state.open.some((call) => call.callId === callId && call.outcome === "unfinished")
  );
}

/** A finished item: more about a call we know, or a call nested in the code cell that is open. */
export function addItem(scope: FoldScope, item: CallItem): void {
  const { state, rows } = scope;
  const callId = idOf.call(item.callId);
  const open = state.open.find((call) => call.callId === callId);
  const recent = state.recent.find((call) => call.callId === callId);
  const isEnd = state.source === "exec" || open?.outcome === "running";
  if (open !== undefined && item.verdict.outcome === "running") replaceOpen(state, withItem(scope, open, item));
  else if (open !== undefined && isEnd) finish(scope, withItem(scope, open, item), item.verdict, item.at);
  else if (open !== undefined)
    replaceOpen(state, { ...withItem(scope, open, item), ...provisional(scope, open, item) });
  else if (recent !== undefined) rows.putCall(withItem(scope, recent, item));
  else putNested(scope, item);
}

/** Rows for calls that have not ended where reading stopped, so that nothing read is invisible. */
export function putOpenCalls(state: FoldState, rows: TraceRows): void {
  for (const call of state.open) rows.putCall(rowOf(call));
}

/** Before the output line the item's word is provisional: it stands only if no output line ever comes, or one that decides nothing. */
function provisional(scope: FoldScope, open: OpenCall, { verdict, at }: CallItem): Partial<OpenCall> {
  const durationMs = duration(open.startedAt, at, verdict.statedMs);
  return { ...settled(scope, open, verdict), endedAt: at, durationMs, endLine: scope.at.line };
}

/** The item's changes stand for those of the call: they are what was done, not what was asked. */
function withItem<Call extends ToolCall>({ excerpts }: FoldScope, call: Call, item: CallItem): Call {
  return item.changes.length === 0 ? call : { ...call, changes: changesOf(item.changes, excerpts) };
}

function putNested(scope: FoldScope, item: CallItem): void {
  const cell = scope.state.open.findLast((call) => call.isCell);
  const call: ToolCall = {
    ...newCall(scope, { ...item, escalated: false }),
    callId: idOf.call(item.callId),
    parentCallId: cell?.callId ?? null,
    outcome: item.verdict.outcome,
    exitCode: item.verdict.exitCode,
    excerpt: scope.excerpts.none,
    startedAt: item.startedAt,
    endedAt: item.at,
    durationMs: null,
    endLine: scope.at.line,
  };
  scope.rows.begun.calls += 1;
  remember(scope, {
    ...call,
    ...settled(scope, call, item.verdict),
    durationMs: duration(item.startedAt, item.at, item.verdict.statedMs),
  });
}

function keepRunning(scope: FoldScope, call: OpenCall, verdict: CallVerdict, at: Instant | null): void {
  const { state } = scope;
  replaceOpen(state, { ...call, outcome: "running", endedAt: at, endLine: scope.at.line });
  state.processes = [...state.processes, { process: verdict.process ?? "", callId: call.callId }];
}

/** Output of a running process came through another call: it may carry the first call's exit code. */
function endProcess(scope: FoldScope, process: string, verdict: CallVerdict, at: Instant | null): void {
  const entry = scope.state.processes.findLast((candidate) => candidate.process === process);
  const call = scope.state.open.find((open) => open.callId === entry?.callId);
  if (call !== undefined && verdict.exitCode !== null) finish(scope, call, verdict, at);
}

function finish(scope: FoldScope, call: OpenCall, verdict: CallVerdict, at: Instant | null): void {
  close(scope.state, call);
  const isUndecided = verdict.outcome === "ok" && verdict.exitCode === null;
  const itemDecided = call.outcome === "failed" || call.outcome === "ok";
  const final = isUndecided && itemDecided ? {} : settled(scope, call, verdict);
  const durationMs = duration(call.startedAt, at, verdict.statedMs);
  remember(scope, { ...rowOf(call), ...final, endedAt: at, durationMs, endLine: scope.at.line });
}

/** A call whose end will not be found: it is written as it stands. */
function putAside(scope: FoldScope, call: OpenCall): void {
  close(scope.state, call);
  scope.rows.putCall(rowOf(call));
}

function close(state: FoldState, call: OpenCall): void {
  state.open = state.open.filter((open) => open.callId !== call.callId);
  state.processes = state.processes.filter((entry) => entry.callId !== call.callId);
}

function settled(
  scope: FoldScope,
  call: ToolCall,
  verdict: CallVerdict,
): Pick<ToolCall, "outcome" | "exitCode" | "excerpt"> {
  const denied = verdict.outcome === "failed" && call.sandboxed && isSandboxText(verdict.output);
  const outcome = denied ? "sandbox_denied" : verdict.outcome;
  const excerpt = outcome === "ok" ? scope.excerpts.none : scope.excerpts.output(verdict.output);
  return { outcome, exitCode: wholeOrNull(verdict.exitCode), excerpt };
}

function remember(scope: FoldScope, call: ToolCall): void {
  scope.rows.putCall(call);
  scope.state.recent = [...scope.state.recent.slice(1 - RECENT_CALLS), call];
}

function replaceOpen(state: FoldState, call: OpenCall): void {
  state.open = state.open.map((open) => (open.callId === call.callId ? call : open));
}

type CallFacts = Pick<CallStarted, "tool" | "family" | "input" | "escalated" | "turnId" | "changes">;
type NewCall = Pick<
  ToolCall,
  | "sessionId"
  | "segment"
  | "offset"
  | "line"
  | "turnId"
  | "tool"
  | "family"
  | "input"
  | "sandboxed"
  | "escalated"
  | "changes"
>;

function newCall(scope: FoldScope, facts: CallFacts): NewCall {
  const { at, state, excerpts } = scope;
  return {
    sessionId: scope.sessionId,
    segment: at.segment,
    offset: at.offset,
    line: at.line,
    turnId: scope.turnId,
    tool: excerpts.word(facts.tool),
    family: excerpts.word(facts.family),
    input: excerpts.input(facts.input),
    sandboxed: isSandboxed(state.sandbox) && !facts.escalated,
    escalated: facts.escalated,
    changes: changesOf(facts.changes, excerpts),
  };
}

function changesOf(changes: readonly RawChange[], excerpts: Excerpts): readonly FileChange[] {
  return changes.map((change) => ({ ...change, path: excerpts.detail(change.path) }));
}

function rowOf(call: OpenCall): ToolCall {
  const { process: _process, isCell: _isCell, ...row } = call;
  return row;
}

/**
 * Line times tell how long a person waited; where lines share a time the output's own word is longer. What runs
 * backwards, because a clock was set, is not known.
 */
function duration(from: Instant | null, to: Instant | null, statedMs: number | null): number | null {
  const lines = from === null || to === null || to < from ? null : msOf(to) - msOf(from);
  const stated = statedMs === null ? null : wholeOrNull(Math.round(statedMs));
  return lines === null || stated === null ? (lines ?? stated) : Math.max(lines, stated);
}
