/** Rows for the contract tests of the trace group: every field has a value, a test says only those it is about. */
import type { FrictionCost } from "../../src/model/friction-cost.ts";
import { idOf, type SegmentName, type SessionId, signalId } from "../../src/model/ids.ts";
import { microDollarsOf } from "../../src/model/money.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import type { Signal } from "../../src/model/signal.ts";
import { instantOf, type Instant } from "../../src/model/time.ts";
import type { Mark, Message, Segment, Session, TokenUsage, ToolCall, Turn } from "../../src/model/trace.ts";
import type { IngestCursor } from "../../src/store/ingest/get-ingest-cursor.ts";
import type { Stamp } from "../../src/store/store.ts";
import { SUITE_START } from "./store-harness.ts";

export const STAMP: Stamp = { actor: "test" };
export const ONE: SessionId = idOf.session("session-1");
export const FILE: SegmentName = idOf.segment("rollout-1.jsonl");

/** Made up here, so there is nothing to redact. */
export function plain(text: string): Redacted {
  return text as Redacted;
}

/** So many minutes after the suite's start; negative ones before it. */
export function minute(minutes: number): Instant {
  return instantOf(SUITE_START + minutes * 60_000);
}

const PLACE = { sessionId: ONE, segment: FILE, offset: 0, line: 1 };

export function aSession(said: Partial<Session> = {}): Session {
  return {
    id: ONE,
    source: "rollout",
    rootId: ONE,
    parentId: null,
    forkedFromId: null,
    cliVersion: plain("0.169.0"),
    originator: plain("codex_cli"),
    model: plain("gpt-5"),
    cwd: plain("/repo"),
    gitCommit: plain("abc123"),
    gitBranch: plain("main"),
    gitUrl: plain("https://example.org/repo.git"),
    startedAt: minute(-60),
    lastAt: minute(-50),
    sample: false,
    provenance: "measured",
    ...said,
  };
}

export function aSegment(said: Partial<Segment> = {}): Segment {
  return {
    sessionId: ONE,
    name: FILE,
    path: `/sessions/${FILE}`,
    source: "rollout",
    lines: 10,
    firstOrdinal: 0,
    ...said,
  };
}

export function aTurn(said: Partial<Turn> = {}): Turn {
  return {
    ...PLACE,
    turnId: idOf.turn("turn-1"),
    ordinal: 0,
    reverted: false,
    kind: "task",
    outcome: "completed",
    error: null,
    model: plain("gpt-5"),
    approvalPolicy: plain("on-request"),
    sandbox: plain("workspace-write"),
    startedAt: minute(-60),
    endedAt: minute(-59),
    durationMs: 60_000,
    ...said,
  };
}

export function aCall(said: Partial<ToolCall> = {}): ToolCall {
  return {
    ...PLACE,
    offset: 100,
    line: 2,
    callId: idOf.call("call-1"),
    parentCallId: null,
    turnId: idOf.turn("turn-1"),
    tool: plain("exec_command"),
    family: plain("npm test"),
    input: plain("npm test"),
    outcome: "ok",
    exitCode: 0,
    excerpt: plain(""),
    startedAt: minute(-60),
    endedAt: minute(-59),
    durationMs: 1500,
    sandboxed: true,
    escalated: false,
    changes: [{ path: plain("src/a.ts"), kind: "update", removed: null, added: "5f" }],
    endLine: 3,
    ...said,
  };
}

export function aMessage(said: Partial<Message> = {}): Message {
  return {
    ...PLACE,
    offset: 50,
    turnId: idOf.turn("turn-1"),
    role: "user",
    text: plain("Fix the tests"),
    at: minute(-60),
    ...said,
  };
}

export function aUsage(said: Partial<TokenUsage> = {}): TokenUsage {
  return {
    ...PLACE,
    offset: 400,
    line: 5,
    turnId: idOf.turn("turn-1"),
    responseId: idOf.response("resp-1"),
    model: plain("gpt-5"),
    input: 100,
    cachedInput: 40,
    cacheWriteInput: 5,
    output: 20,
    reasoning: 10,
    total: 120,
    at: minute(-60),
    provenance: "measured",
    ...said,
  };
}

export function aMark(said: Partial<Mark> = {}): Mark {
  return {
    ...PLACE,
    offset: 500,
    line: 6,
    turnId: null,
    callId: null,
    kind: "warning",
    detail: plain("slow"),
    count: null,
    at: minute(-58),
    ...said,
  };
}

export function aSignal(said: Partial<Signal> = {}): Signal {
  const { sessionId = ONE, category = "exec_failure", seq = 2 } = said;
  return {
    id: signalId(sessionId, category, seq),
    category,
    type: "friction",
    severity: 0.25,
    sessionId,
    turnId: idOf.turn("turn-1"),
    callId: idOf.call("call-1"),
    seq,
    description: plain("npm test failed"),
    detector: "mechanical",
    version: 1,
    evidence: { segment: FILE, offset: 100, line: 2 },
    ...said,
  };
}

export function aCost(signal: Signal, said: Partial<FrictionCost> = {}): FrictionCost {
  return {
    signalId: signal.id,
    sessionId: signal.sessionId,
    category: signal.category,
    family: plain("npm test"),
    endedBy: "recovered",
    tokens: 100,
    durationMs: 1000,
    microDollars: microDollarsOf(10),
    responses: 1,
    fromLine: 2,
    toLine: 5,
    ...said,
  };
}

export function aCursor(said: Partial<IngestCursor> = {}): IngestCursor {
  return {
    path: `/sessions/${FILE}`,
    size: 5000,
    mtimeMs: 1_763_605_800_123.25,
    inode: "42",
    offset: 4990,
    lines: 10,
    prefixHash: "ab".repeat(32),
    parserVersion: 1,
    sessionId: ONE,
    segment: FILE,
    state: '{"turn":null}',
    ...said,
  };
}
