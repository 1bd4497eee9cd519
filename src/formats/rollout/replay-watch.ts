/**
 * Old forks and sub-agents begin with lines copied from their parent, counters included, with the times of the copying.
 * This tells copied lines from the thread's own.
 *
 * States: *own* (a thread without ancestors, for ever) · *replaying* (a fork from its first line) → *own* at the first
 * of: a turn that began after the thread did; a pause longer than any copying takes before a line younger than the thread;
 * a sub-agent's trigger. Turn ids carry their time (UUID version 7), so a copied turn's line does not end the replay.
 */
import { msOf, type Instant } from "../../model/time.ts";
import type { TraceRecord } from "../record.ts";

/** Copying writes lines within 10–40 ms of each other; a model's answer takes seconds. */
const PAUSE_MS = 1_000;

/** Plain JSON, one per file. */
export interface ReplayWatch {
  /** The file's own thread: `null` before its session line. */
  readonly thread: {
    readonly id: string;
    readonly startedMs: number | null;
    readonly cliVersion: string | null;
  } | null;
  /** Threads whose lines may stand copied in this file, nearest first. */
  readonly ancestors: readonly { readonly id: string; readonly startedMs: number | null }[];
  readonly replaying: boolean;
  readonly lastMs: number | null;
  /** Beginning of the turn that the lines belong to; `null` where the version has no turn ids. */
  readonly turnMs: number | null;
}

export function newReplayWatch(): ReplayWatch {
  return { thread: null, ancestors: [], replaying: false, lastMs: null, turnMs: null };
}

/** Takes every record of one file in order; what it returns is true for that record already. */
export function watchReplay(watch: ReplayWatch, record: TraceRecord): ReplayWatch {
  const at = "at" in record && record.at !== null ? msOf(record.at) : null;
  const paused =
    at !== null && watch.lastMs !== null && at - watch.lastMs > PAUSE_MS && at >= (watch.thread?.startedMs ?? 0);
  const next = { ...watch, lastMs: at ?? watch.lastMs, replaying: watch.replaying && !paused };
  switch (record.kind) {
    case "session":
      return withSession(next, record, record.startedAt);
    case "turn_started":
      return withTurn(next, record.turnId, true);
    case "context":
      return withTurn(next, record.turnId, false);
    case "ignored":
      return record.type.endsWith("/trigger_turn") ? { ...next, replaying: false } : next;
    default:
      return next;
  }
}

/** The thread whose line this is: its own, or the ancestor it was copied from; `null` when that cannot be told. */
export function ownerOf(watch: ReplayWatch): string | null {
  if (!watch.replaying) return watch.thread?.id ?? null;
  const [nearest, ...further] = watch.ancestors;
  if (nearest === undefined || further.length === 0) return nearest?.id ?? null;
  const { turnMs } = watch;
  if (turnMs === null) return null;
  return (
    (watch.ancestors.find(({ startedMs }) => startedMs !== null && startedMs <= turnMs) ?? further.at(-1))?.id ?? null
  );
}

function withSession(
  watch: ReplayWatch,
  session: TraceRecord & { kind: "session" },
  startedAt: Instant | null,
): ReplayWatch {
  const startedMs = uuidMs(session.id) ?? (startedAt === null ? null : msOf(startedAt));
  const from = session.forkedFromId ?? session.parentId;
  if (watch.thread === null) {
    const thread = { id: session.id, startedMs, cliVersion: session.cliVersion };
    return {
      ...watch,
      thread,
      ...(from === null ? {} : { ancestors: [{ id: from, startedMs: uuidMs(from) }], replaying: true }),
    };
  }
  if (session.id === watch.thread.id) return watch;
  const known = watch.ancestors.filter(({ id }) => id !== session.id && id !== from);
  const found = [
    ...known,
    { id: session.id, startedMs },
    ...(from === null ? [] : [{ id: from, startedMs: uuidMs(from) }]),
  ];
  return { ...watch, ancestors: found, replaying: true };
}

function withTurn(watch: ReplayWatch, turnId: string | null, begins: boolean): ReplayWatch {
  const turnMs = turnId === null ? null : uuidMs(turnId);
  const startedMs = watch.thread?.startedMs ?? null;
  const copied = turnMs !== null && startedMs !== null && turnMs < startedMs;
  return { ...watch, turnMs: turnMs ?? watch.turnMs, replaying: watch.replaying && (copied || !begins) };
}

/** The millisecond a version 7 UUID was made in; `null` for any other id. */
function uuidMs(id: string): number | null {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/.exec(id);
  return found === null ? null : Number.parseInt(`${found[1]}${found[2]}`, 16);
}
