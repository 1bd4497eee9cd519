import { passGate } from "../../guard/gate.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import { controlsOver } from "../../model/control.ts";
import type { Failure } from "../../model/failure.ts";
import type { Handled } from "../../model/handled.ts";
import type { AttemptId } from "../../model/ids.ts";
import { instantOf } from "../../model/time.ts";
import type { CompiledPolicy } from "../../policy/rules/compile-policy.ts";
import { listControls } from "../../store/controls/list-controls.ts";
import { candidateOf, subjectOf, type Candidate } from "./candidate.ts";
import { factsOf } from "./facts-of.ts";
import type { IntegrateWorld } from "./integrate-world.ts";
import { land } from "./land.ts";
import { nextStep, type Judged, type NextStep } from "./next-step.ts";
import { askPerson, haltTask, stampOf } from "./settle.ts";

const DONE: Handled = { kind: "done" };
/** How long a stopped idea is left alone before it is looked at again. */
const STOPPED_MS = 30_000;

/** Takes the change of an attempt as far as policy and people let it. Doing it again changes nothing. */
export async function integrateAttempt(world: IntegrateWorld, id: AttemptId): Promise<Handled> {
  const candidate = await world.store.read((reader) => candidateOf(reader, id));
  if (candidate === null) return DONE;
  if (await isStopped(world, candidate)) return { kind: "again", at: instantOf(world.clock.now() + STOPPED_MS) };
  if (candidate.bundle === null)
    return await halt(world, candidate, "NO_OUTPUT", "the branch of the attempt was not kept");
  const bundle = world.files.pathOf(candidate.bundle);
  const policy = await world.policyAt(candidate.change.repository, candidate.change.base);
  if (!policy.ok) return await failed(world, candidate, policy.failure);
  const step = await judged(world, candidate, { bundle, policy: policy.value });
  return "failure" in step
    ? await failed(world, candidate, step.failure)
    : await take(world, candidate, { step, bundle });
}

/** The kill switch holds results back too. */
async function isStopped({ store }: IntegrateWorld, { idea }: Candidate): Promise<boolean> {
  const controls = await store.read((reader) => listControls(reader));
  return controlsOver(controls, idea).some(({ word }) => word === "stopped");
}

async function judged(
  world: IntegrateWorld,
  candidate: Candidate,
  { bundle, policy }: { readonly bundle: string; readonly policy: CompiledPolicy },
): Promise<NextStep | { readonly failure: Failure }> {
  const { branch, base, head, repository } = candidate.change;
  const files = await world.repository.changedIn(repository, { bundle, branch, base, head });
  if (!files.ok) return { failure: files.failure };
  const facts = factsOf(candidate, { gate: "pre_push", at: instantOf(world.clock.now()), files: files.value });
  const decision = await passGate(
    { store: world.store, stamp: stampOf(candidate) },
    { subject: subjectOf(candidate.change), policy, facts, redact: world.redact },
  );
  return nextStep({ decision, acceptance: acceptanceOf(candidate), approval: candidate.approval });
}

function acceptanceOf({ attempt, checks }: Candidate): Judged["acceptance"] {
  const { acceptance } = attempt.order;
  if (acceptance.length === 0) return "none";
  const ran = acceptance.map(({ name }) => checks.find((check) => check.name === name));
  if (ran.some((check) => check?.passed === false)) return "failed";
  return ran.includes(undefined) ? "unknown" : "passed";
}

async function take(
  world: IntegrateWorld,
  candidate: Candidate,
  { step, bundle }: { readonly step: NextStep; readonly bundle: string },
): Promise<Handled> {
  switch (step.kind) {
    case "land": {
      const landed = await land(world, candidate, bundle);
      return landed.ok ? DONE : await failed(world, candidate, landed.failure);
    }
    case "ask":
    case "wait":
      await askPerson(world, candidate, { word: step.rule, text: step.reason });
      return DONE;
    case "halt":
      return await halt(world, candidate, step.code, step.reason);
  }
}

/** Trouble that passes is tried again by the job; the rest parks the task with what to do. */
async function failed(world: IntegrateWorld, candidate: Candidate, failure: Failure): Promise<Handled> {
  if (failure.retry !== "never") return { kind: "failure", failure };
  const text = `${failure.message} ${failure.cause} ${failure.hint}`;
  if (failure.code === "config_invalid") return await halt(world, candidate, "INVALID_POLICY", text);
  return await halt(world, candidate, failure.code === "gate_says_no" ? "NO_CODE_HOST" : "GIT_FAILED", text);
}

async function halt(
  world: IntegrateWorld,
  candidate: Candidate,
  word: AttemptFailureCode,
  text: string,
): Promise<Handled> {
  await haltTask(world, candidate, { word, text });
  return DONE;
}
