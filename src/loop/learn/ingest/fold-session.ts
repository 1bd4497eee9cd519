import type { SessionRecord, TraceRecord } from "../../../formats/record.ts";
import { idOf, type SessionId } from "../../../model/ids.ts";
import type { Redacted } from "../../../model/redacted.ts";
import type { Session } from "../../../model/trace.ts";
import type { Instant } from "../../../model/time.ts";
import type { Excerpts } from "./excerpts.ts";
import type { FoldState } from "./fold-state.ts";

/** The first session line of a rollout names the thread; one with another id was copied from a parent and says nothing. */
export function foldSession(state: FoldState, record: SessionRecord, options: SessionOptions): void {
  const id = idOf.session(record.id);
  if (state.session !== null && state.session.id !== id && state.source === "rollout") return;
  state.session = { ...newSession(state, record, options), ...keptFacts(state.session, id) };
}

export interface SessionOptions {
  readonly excerpts: Excerpts;
  readonly sample: boolean;
}

/** A context line: model, policy and sandbox from here on, for the open turn too. */
export function foldContext(state: FoldState, record: TraceRecord & { kind: "context" }, excerpts: Excerpts): void {
  state.model = wordOrNull(record.model, excerpts) ?? state.model;
  state.approvalPolicy = wordOrNull(record.approvalPolicy, excerpts) ?? state.approvalPolicy;
  state.sandbox = wordOrNull(record.sandbox, excerpts) ?? state.sandbox;
  const facts = { model: state.model, approvalPolicy: state.approvalPolicy, sandbox: state.sandbox };
  if (state.turn !== null) state.turn = { ...state.turn, ...facts };
  if (state.session === null) return;
  const cwd = state.session.cwd ?? textOrNull(record.cwd, excerpts);
  state.session = { ...state.session, model: state.model, cwd };
}

/** The time of the last line that has one. */
export function noteTime(state: FoldState, at: Instant | null): void {
  if (at === null) return;
  if (state.lastAt === null || at > state.lastAt) state.lastAt = at;
}

function newSession(state: FoldState, record: SessionRecord, { excerpts, sample }: SessionOptions): Session {
  const id = idOf.session(record.id);
  return {
    id,
    source: state.source,
    rootId: record.rootId === null ? id : idOf.session(record.rootId),
    parentId: idOrNull(record.parentId),
    forkedFromId: idOrNull(record.forkedFromId),
    cliVersion: wordOrNull(record.cliVersion, excerpts),
    originator: wordOrNull(record.originator, excerpts),
    model: state.model,
    cwd: textOrNull(record.cwd, excerpts),
    gitCommit: wordOrNull(record.git?.commit ?? null, excerpts),
    gitBranch: textOrNull(record.git?.branch ?? null, excerpts),
    gitUrl: textOrNull(record.git?.url ?? null, excerpts),
    startedAt: record.startedAt ?? record.at,
    lastAt: state.lastAt,
    sample,
    provenance: "measured",
  };
}

/** A resumed thread says its session line again: what was known first stays. */
function keptFacts(known: Session | null, id: SessionId): Partial<Session> {
  if (known === null || known.id !== id) return {};
  const kept = Object.entries(known).filter(([, value]) => value !== null);
  return Object.fromEntries(kept);
}

function idOrNull(text: string | null): SessionId | null {
  return text === null ? null : idOf.session(text);
}

function wordOrNull(text: string | null, excerpts: Excerpts): Redacted | null {
  return text === null ? null : excerpts.word(text);
}

function textOrNull(text: string | null, excerpts: Excerpts): Redacted | null {
  return text === null ? null : excerpts.detail(text);
}
