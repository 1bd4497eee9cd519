import { ok, type Result } from "../kit/result.ts";
import type { Attempt } from "../model/attempt.ts";
import type { Check } from "../model/check.ts";
import type { Failure } from "../model/failure.ts";
import type { AttemptId } from "../model/ids.ts";
import { instantOf } from "../model/time.ts";
import { listArtifacts, type Artifact } from "../store/artifacts/list-artifacts.ts";
import { getAttempt } from "../store/attempts/get-attempt.ts";
import { changeOfAttempt } from "../store/changes/list-changes.ts";
import { listChecks } from "../store/checks/list-checks.ts";
import { eventTime } from "../store/events/event-time.ts";
import { getSession } from "../store/sessions/get-session.ts";
import type { Reader } from "../store/store.ts";
import { askedApprovals } from "./asked-approvals.ts";
import { changeRow } from "./change-row.ts";
import { findRun } from "./find-id.ts";
import { rowsOfAttempts } from "./runs.ts";
import type { ArtifactRow, CheckRow, PhaseRow, RunDetail } from "./shapes/run.ts";

export interface RunQuery {
  /** May be the start of an id when only one run begins so. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Where a kept file lies on this machine. */
  readonly pathOf: (sha256: string) => string;
}

/** One run with everything it did, left, cost and asked. */
export async function runDetail(reader: Reader, query: RunQuery): Promise<Result<RunDetail, Failure>> {
  const found = await findRun(reader, query.id);
  return found.ok ? ok(await detailOf(reader, found.value, query)) : found;
}

async function detailOf(reader: Reader, id: AttemptId, { now, pathOf }: RunQuery): Promise<RunDetail> {
  const attempt = await getAttempt(reader, id);
  const [row] = attempt === null ? [] : await rowsOfAttempts(reader, [attempt], now);
  // One moment of the store: the run was found in this very read.
  if (attempt === null || row === undefined) throw new Error(`run ${id} vanished within one read`);
  const change = await changeOfAttempt(reader, id);
  const { sessionId } = attempt;
  return {
    ...row,
    ...orderFields(attempt),
    phases: await phasesOf(reader, attempt),
    checks: (await listChecks(reader, id)).map(checkRow),
    artifacts: (await listArtifacts(reader, id)).map((artifact) => artifactRow(artifact, pathOf)),
    approvals: await askedApprovals(reader, { attemptId: id, now: instantOf(now) }),
    change: change === null ? null : changeRow(change),
    session_known: sessionId !== null && (await getSession(reader, sessionId, { now: instantOf(now) })) !== null,
  };
}

function orderFields(attempt: Attempt) {
  const { order, deadline, stop, keep } = attempt;
  return {
    branch: order.branch,
    target_branch: order.targetBranch,
    deadline,
    stop,
    stop_reason: attempt.stopReason,
    keep,
    role_hash: attempt.roleHash,
    prompt_hash: attempt.promptHash,
  };
}

async function phasesOf(reader: Reader, attempt: Attempt): Promise<readonly PhaseRow[]> {
  const verifying = await eventTime(reader, { key: attempt.id, type: "attempt.verifying" });
  return [
    { name: "queued", at: attempt.queuedAt },
    { name: "running", at: attempt.startedAt },
    { name: "verifying", at: verifying },
    { name: "ended", at: attempt.endedAt },
  ];
}

function checkRow(check: Check): CheckRow {
  const { name, passed, seconds, command } = check;
  return {
    name,
    passed,
    exit_code: check.exitCode,
    seconds,
    timed_out: check.timedOut,
    command: typeof command === "string" ? command : command.join(" "),
    output_sha256: check.outputSha256,
  };
}

function artifactRow({ name, sha256, bytes, absent }: Artifact, pathOf: RunQuery["pathOf"]): ArtifactRow {
  return { name, sha256, bytes, path: sha256 === null ? null : pathOf(sha256), absent };
}
