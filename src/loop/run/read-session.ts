import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { recordsOfSession } from "../../formats/spine/records-of-session.ts";
import { writeSpine } from "../../formats/spine/write-spine.ts";
import { idOf, type AttemptId, type SessionId } from "../../model/ids.ts";
import { instantOf, type Instant } from "../../model/time.ts";
import type { SessionTrace } from "../../model/trace.ts";
import { listApprovals } from "../../store/approvals/list-approvals.ts";
import { rejectCalls } from "../../store/calls/reject-calls.ts";
import { putMarks } from "../../store/marks/put-marks.ts";
import { loadSessionTrace } from "../../store/sessions/load-session-trace.ts";
import { markSessionsDirty } from "../../store/sessions/mark-sessions-dirty.ts";
import { putSegments } from "../../store/sessions/put-segments.ts";
import { marksOfAsks } from "./marks-of-asks.ts";
import type { DeskWorld } from "./run-world.ts";

/** Where the recordings of an attempt are kept. */
export function recordingsOf({ places }: Pick<DeskWorld, "places">, id: AttemptId): string {
  return join(places.recordings, id);
}

/** The path of the attempt's own recording: of several it is the one that has the session in its name. */
export async function ownRecording(world: DeskWorld, id: AttemptId, session: string): Promise<string | null> {
  const folder = recordingsOf(world, id);
  const names = await readdir(folder).catch(() => []);
  const own = names.find((name) => name.includes(session));
  return own === undefined ? null : join(folder, own);
}

export interface SessionOfAttempt {
  readonly attemptId: AttemptId;
  readonly session: SessionId;
}

/**
 * Reads an attempt's recordings as any others, adds what the host knows better than they do, and has the signals computed.
 * Returns the session's spine; `null` when there is no such session.
 */
export async function readSession(world: DeskWorld, wish: SessionOfAttempt): Promise<Uint8Array | null> {
  await world.ingest(recordingsOf(world, wish.attemptId));
  const now = instantOf(world.clock.now());
  const before = await world.store.read((reader) => loadSessionTrace(reader, wish.session, { now }));
  if (before === null) return null;
  await addAsks(world, wish);
  await world.judge(wish.session);
  const trace = await world.store.read((reader) => loadSessionTrace(reader, wish.session, { now }));
  return spineOf(trace ?? before, now);
}

/** Recordings hold no approvals: who asked, who answered and what is known here alone. */
async function addAsks({ store, redact }: DeskWorld, { attemptId, session }: SessionOfAttempt): Promise<void> {
  const asks = await store.read((reader) => listApprovals(reader, { attemptId }));
  if (asks.length === 0) return;
  const { segment, marks, rejected } = marksOfAsks(session, { asks, redact });
  await store.write({ actor: "desk" }, async (tx) => {
    await putSegments(tx, [segment]);
    await putMarks(tx, marks);
    await rejectCalls(tx, { session, calls: rejected });
    await markSessionsDirty(tx, [session]);
  });
}

async function spineOf(trace: SessionTrace, at: Instant): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const threadId = idOf.session(trace.session.id);
  for await (const { path, bytes } of writeSpine(recordsOfSession(trace), { threadId, at }))
    if (path.endsWith(".jsonl")) pieces.push(bytes);
  return Buffer.concat(pieces);
}
