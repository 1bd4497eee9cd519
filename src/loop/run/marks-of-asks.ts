import type { Approval } from "../../model/approval.ts";
import { idOf, type CallId, type SegmentName, type SessionId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Mark, Segment } from "../../model/trace.ts";

/** The host's ledger of asks as rows of the session they belong to: a segment of its own, one line for each question. */
export interface AskRows {
  readonly segment: Segment;
  readonly marks: readonly Mark[];
  /** Calls that a rule refused, or that nobody answered: no person said no to them. */
  readonly rejected: readonly CallId[];
}

/** Stands behind every line of the recordings. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Only questions that were put to people make marks: what policy answers by itself asked nobody. */
export function marksOfAsks(
  session: SessionId,
  { asks, redact }: { readonly asks: readonly Approval[]; readonly redact: (text: string) => Redacted },
): AskRows {
  const byPeople = asks.filter((ask) => ask.decidedBy !== "policy");
  const name = idOf.segment(`asks-of-${session}`);
  const path = `codex-loop:asks/${session}`;
  const segment: Segment = {
    sessionId: session,
    name,
    path,
    lines: byPeople.length,
    source: "spine",
    firstOrdinal: LAST,
  };
  return {
    segment,
    marks: byPeople.flatMap((ask, index) => marksOf(ask, { session, segment: name, line: index + 1, redact })),
    rejected: asks.flatMap((ask) => (isPersonsNo(ask) || ask.callId === null ? [] : [idOf.call(ask.callId)])),
  };
}

function isPersonsNo({ state, decidedBy }: Approval): boolean {
  return state === "granted" || (state === "denied" && decidedBy === "person");
}

interface LineOfAsk {
  readonly session: SessionId;
  readonly segment: SegmentName;
  readonly line: number;
  readonly redact: (text: string) => Redacted;
}

/** What became of a question, in the words that the readers of recordings use. */
const ANSWERS = { granted: "approved", denied: "denied", expired: "timed_out" } as const;

function marksOf(ask: Approval, { session, segment, line, redact }: LineOfAsk): readonly Mark[] {
  const callId = ask.callId === null ? null : idOf.call(ask.callId);
  const place = { sessionId: session, segment, offset: line, line, turnId: null, callId, count: null };
  const kind = redact(ask.action === "patch" ? "patch" : "exec");
  const asked: Mark = { ...place, kind: "approval_asked", detail: kind, at: ask.askedAt };
  if (ask.state === "asked" || ask.state === "void") return [asked];
  return [asked, { ...place, kind: "approval_answered", detail: redact(ANSWERS[ask.state]), at: ask.decidedAt }];
}
