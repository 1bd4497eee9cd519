import type { Instant } from "../../model/time.ts";
import type { Session, TraceSource } from "../../model/trace.ts";

/** How much each kind of file knows of a session, best first. */
const BEST_FIRST: readonly TraceSource[] = ["rollout", "spine", "exec", "toolcalls"];

/**
 * What two files say about one session, in one: the better source's word counts, of equals the newer one's; the other
 * one fills the gaps, and the session spans both.
 */
export function mergeSessions(known: Session, said: Session): Session {
  const [better, other] = outranks(said, known) ? [said, known] : [known, said];
  return {
    ...better,
    parentId: better.parentId ?? other.parentId,
    forkedFromId: better.forkedFromId ?? other.forkedFromId,
    cliVersion: better.cliVersion ?? other.cliVersion,
    originator: better.originator ?? other.originator,
    model: better.model ?? other.model,
    cwd: better.cwd ?? other.cwd,
    gitCommit: better.gitCommit ?? other.gitCommit,
    gitBranch: better.gitBranch ?? other.gitBranch,
    gitUrl: better.gitUrl ?? other.gitUrl,
    startedAt: earlier(known.startedAt, said.startedAt),
    lastAt: later(known.lastAt, said.lastAt),
  };
}

function outranks(said: Session, known: Session): boolean {
  const order = BEST_FIRST.indexOf(said.source) - BEST_FIRST.indexOf(known.source);
  return order === 0 ? (said.lastAt ?? "") >= (known.lastAt ?? "") : order < 0;
}

function earlier(left: Instant | null, right: Instant | null): Instant | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}

function later(left: Instant | null, right: Instant | null): Instant | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}
