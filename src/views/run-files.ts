/** What lies on the disk of a run: its log, and the diff it left. `files` are read outside the store's transactions. */
import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { AttemptId } from "../model/ids.ts";
import type { Files } from "../ports/files.ts";
import type { RunLogs } from "../ports/run-logs.ts";
import { listArtifacts, type Artifact } from "../store/artifacts/list-artifacts.ts";
import { getAttempt } from "../store/attempts/get-attempt.ts";
import type { Store } from "../store/store.ts";
import { findRun } from "./find-id.ts";
import { runLogOf } from "./run-log.ts";
import type { RunDiff, RunLog } from "./shapes/run.ts";

export interface RunFiles {
  readonly store: Store;
  readonly files: Files;
  readonly logs: RunLogs;
}

interface Found {
  readonly id: AttemptId;
  readonly isEnded: boolean;
  readonly artifacts: readonly Artifact[];
}

/** What is new in a run's log behind `after`: from the live one while there is one, else from what was kept of it. */
export async function runLog(
  around: RunFiles,
  { id, after }: { readonly id: string; readonly after: number },
): Promise<Result<RunLog, Failure>> {
  const found = await findFiles(around, id);
  if (!found.ok) return found;
  const { isEnded, artifacts } = found.value;
  const live = await around.logs.read(found.value.id, after);
  if (live.length > 0) return ok(runLogOf({ from: after, bytes: live, ended: false }));
  const kept = await bytesOf(around, artifacts, "run.jsonl");
  const bytes = kept === null ? new Uint8Array() : kept.subarray(after);
  return ok(runLogOf({ from: after, bytes, ended: isEnded }));
}

/** More of a diff than anybody reads on a screen; the file itself is whole. */
const LONGEST_DIFF = 2 * 1024 * 1024;

/** What a run changed, as a unified diff. */
export async function runDiff(around: RunFiles, id: string): Promise<Result<RunDiff, Failure>> {
  const found = await findFiles(around, id);
  if (!found.ok) return found;
  const { artifacts } = found.value;
  const listed = artifacts.find(({ name }) => name === "patch.diff");
  const bytes = await bytesOf(around, artifacts, "patch.diff");
  return ok({
    diff: bytes === null ? null : Buffer.from(bytes.subarray(0, LONGEST_DIFF)).toString("utf8"),
    sha256: listed?.sha256 ?? null,
    bytes: listed?.bytes ?? null,
    cut: bytes !== null && bytes.length > LONGEST_DIFF,
    absent: listed?.absent ?? null,
  });
}

async function findFiles({ store }: RunFiles, said: string): Promise<Result<Found, Failure>> {
  return store.read(async (reader) => {
    const found = await findRun(reader, said);
    if (!found.ok) return found;
    const attempt = await getAttempt(reader, found.value);
    const artifacts = await listArtifacts(reader, found.value);
    return ok({ id: found.value, isEnded: attempt?.state === "ended", artifacts });
  });
}

async function bytesOf({ files }: RunFiles, artifacts: readonly Artifact[], name: string): Promise<Uint8Array | null> {
  const sha256 = artifacts.find((artifact) => artifact.name === name)?.sha256 ?? null;
  return sha256 === null ? null : files.get(sha256);
}
