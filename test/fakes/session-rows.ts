/** Rows for `session-trace.ts` with everything filled in that a test seldom cares about. */
import { idOf, type SegmentName } from "../../src/model/ids.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { Provenance } from "../../src/model/provenance.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf, type Instant } from "../../src/model/time.ts";
import type { FileChange, Place, Segment, Session, TraceSource, Turn } from "../../src/model/trace.ts";

/** The time of line 0 of every hand-built trace. */
export const START: number = Date.parse("2026-11-20T02:00:00.000Z");

/** Test text needs no redaction: it is made up here. */
export function plain(text: string): Redacted {
  return text as Redacted;
}

interface SessionFacts {
  readonly id: string;
  readonly source: TraceSource | undefined;
  readonly parent: string | null;
  readonly origin: string | null;
  readonly lastAt: Instant;
}

export function sessionRow({ id, source, parent, origin, lastAt }: SessionFacts): Session {
  return {
    id: idOf.session(id),
    source: source ?? "rollout",
    rootId: idOf.session(parent ?? id),
    parentId: parent === null ? null : idOf.session(parent),
    forkedFromId: origin === null ? null : idOf.session(origin),
    cliVersion: plain("0.169.0"),
    originator: plain("codex_exec"),
    model: plain("gpt-test"),
    cwd: plain("/home/dev/work"),
    gitCommit: null,
    gitBranch: null,
    gitUrl: null,
    startedAt: instantOf(START),
    lastAt,
    sample: false,
    provenance: "measured",
  };
}

interface TurnFacts {
  readonly place: Place;
  readonly session: string;
  readonly number: number;
  readonly kind: Turn["kind"];
  readonly approvalPolicy: string | null;
  readonly at: Instant;
}

/** A turn that has just begun. */
export function turnRow({ place, session, number, kind, approvalPolicy, at }: TurnFacts): Turn {
  return {
    ...place,
    sessionId: idOf.session(session),
    turnId: idOf.turn(`turn_${number}`),
    ordinal: null,
    reverted: false,
    kind,
    outcome: "running",
    error: null,
    model: plain("gpt-test"),
    approvalPolicy: approvalPolicy === null ? null : plain(approvalPolicy),
    sandbox: plain("workspace-write"),
    startedAt: at,
    endedAt: null,
    durationMs: null,
  };
}

export interface CallOptions {
  /** Exit code of a command; 0 is `ok`, anything else `failed`, unless `outcome` says otherwise. */
  readonly exit?: number | null;
  readonly outcome?: CallOutcome;
  readonly family?: string;
  readonly id?: string;
  /** Call id of the code cell this call is nested in. */
  readonly inside?: string;
  readonly output?: string;
  readonly escalated?: boolean;
  /** Seconds from the call's line to its output's line. */
  readonly seconds?: number;
  readonly changes?: readonly FileChange[];
}

export interface UsageOptions {
  readonly model?: string;
  readonly provenance?: Provenance;
}

/** What a patch did to a file: a word, or the word with the hashes of its lines. */
export type Change = FileChange["kind"] | Omit<FileChange, "path">;

export function fileChanges(changes: { readonly [path: string]: Change }): FileChange[] {
  return Object.entries(changes).map(([path, change]) =>
    typeof change === "string"
      ? { path: plain(path), kind: change, removed: null, added: null }
      : { path: plain(path), ...change },
  );
}

export function linesBefore(segments: readonly Segment[], name: SegmentName): number {
  let lines = 0;
  for (const segment of segments) {
    if (segment.name === name) return lines;
    lines += segment.lines;
  }
  return lines;
}
