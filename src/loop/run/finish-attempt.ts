import { fail, ok, type Result } from "../../kit/result.ts";
import { hashParts } from "../../kit/hash.ts";
import { clip } from "../../kit/text.ts";
import type { Attempt } from "../../model/attempt.ts";
import { idOf, type AttemptId } from "../../model/ids.ts";
import { instantOf } from "../../model/time.ts";
import {
  ARTIFACT_NAMES,
  type ArtifactName,
  type ChangeMade,
  type CheckResult,
  type Verdict,
} from "../../model/verdict.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import { listArtifacts, type Artifact } from "../../store/artifacts/list-artifacts.ts";
import { putArtifact, type ArtifactWish } from "../../store/artifacts/put-artifact.ts";
import { endAttempt, type Ending } from "../../store/attempts/end-attempt.ts";
import { putChange, type ChangeDraft } from "../../store/changes/put-change.ts";
import { putChecks } from "../../store/checks/put-checks.ts";
import type { Tx } from "../../store/store.ts";
import { admit, claimOf } from "./admit.ts";
import { believe, type Believed } from "./believe.ts";
import { withFigures } from "./capped-detail.ts";
import type { DeskMemory } from "./desk-memory.ts";
import { absences, costArtifact, logArtifact, sessionArtifacts } from "./host-artifacts.ts";
import { judgeChange } from "./judge-change.ts";
import type { DeskWorld } from "./run-world.ts";

interface Finishing {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly believed: Believed;
  readonly listed: readonly Artifact[];
  readonly wishes: readonly ArtifactWish[];
}

/** The last word of a runner: everything that hangs on the attempt's end is written at once, and then it has ended. */
export async function finishAttempt(
  world: DeskWorld,
  memory: DeskMemory,
  { caller, verdict }: { readonly caller: Caller; readonly verdict: Verdict },
): Promise<Result<void, DeskTrouble>> {
  // The answer to the first time may have been lost.
  if (memory.hasFinished(caller)) return ok(undefined);
  const admitted = await admit(world, caller, "done");
  if (!admitted.ok) return admitted;
  const attempt = admitted.value;
  const listed = await world.store.read((reader) => listArtifacts(reader, attempt.id));
  const wrong = await wrongWith(world, attempt, { verdict, listed });
  const told = believe(verdict, { order: attempt.order, arrived: arrivedOf(listed), wrong });
  const believed = await withFigures(world.store, attempt, told);
  const wishes = await gather(world, attempt, verdict);
  const finishing = { attempt, verdict, believed, listed, wishes };
  const stamp = { actor: "desk", simulated: attempt.simulated };
  const ended = await world.store.write(stamp, (tx) => writeEnd(tx, world, { ...finishing, caller }));
  if (!ended) return fail("stale");
  memory.finish(caller);
  await keepCost(world, attempt);
  await world.logs.remove(attempt.id);
  return ok(undefined);
}

/** Only a success is looked into: nothing else of a change goes on from here. */
async function wrongWith(
  world: DeskWorld,
  { order }: Attempt,
  { verdict, listed }: Pick<Finishing, "verdict" | "listed">,
): Promise<Believed["failure"]> {
  const { change, outcome } = verdict;
  const bundle = hashOf(listed, "branch.bundle");
  return outcome !== "succeeded" || change === null || bundle === null
    ? null
    : await judgeChange(world, order, { change, bundle });
}

/** What the host adds, but for the cost: before the end it is not known. Its trouble does not keep an attempt from ending. */
async function gather(world: DeskWorld, { id }: Attempt, verdict: Verdict): Promise<readonly ArtifactWish[]> {
  const { sessionId, absent } = verdict;
  const session = await sessionArtifacts(world, { attemptId: id, sessionId }).catch((error: unknown) =>
    unreadSession(world, id, error),
  );
  const others = absences(id, absent).filter(({ name }) => name !== "cost.json");
  return [...others, ...session, await logArtifact(world, id)];
}

/** The log is kept only after this, so it says what went wrong. */
async function unreadSession(world: DeskWorld, attemptId: AttemptId, error: unknown): Promise<readonly ArtifactWish[]> {
  const at = instantOf(world.clock.now());
  const text = world.redact(clip(world.redact(String(error)), LONGEST_DETAIL));
  await world.logs.append(attemptId, [JSON.stringify({ at, event: "session_unread", text })]);
  return (["rollout.jsonl", "spine.jsonl"] as const).map((name) => ({ attemptId, name, absent: "unreadable" }));
}

/** The end has booked what was still open. Whoever dies before this leaves it to those who clear the attempt away. */
async function keepCost(world: DeskWorld, attempt: Attempt): Promise<void> {
  const cost = await costArtifact(world, attempt);
  await world.store.write({ actor: "desk", simulated: attempt.simulated }, (tx) => putArtifact(tx, cost));
}

function arrivedOf(listed: readonly Artifact[]): ReadonlySet<ArtifactName> {
  return new Set(ARTIFACT_NAMES.filter((name) => listed.some((one) => one.name === name && one.sha256 !== null)));
}

/** The end first: who is too late writes nothing beside it. */
async function writeEnd(
  tx: Tx,
  world: DeskWorld,
  finishing: Finishing & { readonly caller: Caller },
): Promise<boolean> {
  const { attempt, verdict, believed, listed, wishes, caller } = finishing;
  const ended = await endAttempt(tx, claimOf(caller), endingOf(world, verdict, believed));
  if (ended === null) return false;
  for (const wish of wishes) await putArtifact(tx, wish);
  const checks = verdict.checks.map((check) => redactedCheck(check, world));
  await putChecks(tx, { attemptId: attempt.id, checks, outputSha256: hashOf(listed, "test.log") });
  if (verdict.change !== null && believed.failure?.code !== "SECRET_PATTERN_DETECTED")
    await putChange(tx, changeOf(attempt, verdict.change, hashOf(listed, "patch.diff")));
  return true;
}

function endingOf({ redact }: DeskWorld, verdict: Verdict, { outcome, failure }: Believed): Ending {
  const { change, sessionId, turns, toolCalls } = verdict;
  return {
    outcome,
    // Redacted before it is shortened: half a secret has no shape.
    failure:
      failure === null ? null : { code: failure.code, detail: redact(clip(redact(failure.detail), LONGEST_DETAIL)) },
    head: change?.head ?? null,
    sessionId: sessionId === null ? null : idOf.session(sessionId),
    turns,
    toolCalls,
  };
}

const LONGEST_DETAIL = 2_000;

function redactedCheck(check: CheckResult, { redact }: DeskWorld): CheckResult {
  const { command } = check;
  return {
    ...check,
    name: redact(check.name),
    command: typeof command === "string" ? redact(command) : command.map(redact),
  };
}

/** Without a diff that is kept its commits stand for it. */
function changeOf(attempt: Attempt, made: ChangeMade, diffSha256: string | null): ChangeDraft {
  const { id: attemptId, ideaId, taskId, order, simulated } = attempt;
  const { branch, base, head, files } = made;
  return {
    ideaId,
    taskId,
    attemptId,
    repository: order.repository,
    branch,
    targetBranch: order.targetBranch,
    base,
    head,
    files: files.length,
    lines: files.reduce((sum, { added, removed }) => sum + added + removed, 0),
    diffSha256: diffSha256 ?? hashParts(base, head),
    simulated,
  };
}

function hashOf(listed: readonly Artifact[], name: ArtifactName): string | null {
  return listed.find((artifact) => artifact.name === name)?.sha256 ?? null;
}
