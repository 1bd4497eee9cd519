import { stat } from "node:fs/promises";
import { LARGEST_ARTIFACT, type ChangeMade, type CheckResult } from "../model/verdict.ts";
import type { Commit } from "../ports/workspace.ts";
import { gitEnding } from "./disk.ts";
import { endingOf, SUCCEEDED, type Ending } from "./ending.ts";
import { guardChange } from "./guard-change.ts";
import type { Worked } from "./gather.ts";
import { beat } from "./heartbeat.ts";
import type { Outputs } from "./outputs.ts";
import { prepare } from "./prepare.ts";
import type { Run, RunNow } from "./run.ts";
import { verify } from "./verify.ts";
import { work } from "./work.ts";

/** What has come about so far; it counts also when a later step ends the attempt. */
export interface Story {
  ending: Ending;
  change: ChangeMade | null;
  checks: readonly CheckResult[];
  readonly outputs: Outputs;
}

export function newStory(outputs: Outputs): Story {
  return { ending: endingOf("UNKNOWN", "The attempt has not ended."), change: null, checks: [], outputs };
}

/** The steps in their order, each on what the one before left. Returns how it ends. */
export async function tellStory(run: Run, story: Story): Promise<Ending> {
  const ready = await prepare(run);
  if (run.course.ending !== null) return run.course.ending;
  if (!ready.ok) return ready.failure;
  await enter(run, "running");
  const worked = await work(run);
  if (!worked.ok) return worked.failure;
  const kept = await keepWork(run, { story, worked: worked.value });
  if (kept !== null) return kept;
  return (await check(run, story)) ?? run.course.ending ?? SUCCEEDED;
}

async function enter(run: Run, phase: RunNow["phase"]): Promise<void> {
  run.now.phase = phase;
  run.log.tell("phase", { phase });
  await beat(run);
}

/** Guards what the agent left, and keeps it in files. `null`: it may go on. */
async function keepWork(run: Run, { story, worked }: { story: Story; worked: Worked }): Promise<Ending | null> {
  const { outputs } = run.launch.order;
  for (const output of outputs)
    if (output !== "change") await story.outputs.write(`${output}.md`, worked.message ?? "");
  return worked.commit === null ? null : keepChange(run, { story, commit: worked.commit });
}

async function keepChange(run: Run, { story, commit }: { story: Story; commit: Commit }): Promise<Ending | null> {
  const { world, folders, launch } = run;
  const { order } = launch;
  const diff = await world.workspace.diff(folders.work.tree, { base: order.base, head: commit.head });
  if (!diff.ok) return gitEnding(diff.failure);
  await story.outputs.write("patch.diff", diff.value);
  const whole = await world.workspace.added(folders.work.tree, { base: order.base, head: commit.head });
  if (!whole.ok) return gitEnding(whole.failure);
  const denied = guardChange({ files: commit.files, diff: whole.value }, { order, secretKinds: world.secretKinds });
  if (denied !== null) return denied;
  const file = story.outputs.pathOf("branch.bundle");
  const bundled = await world.workspace.bundle(folders.work.tree, { base: order.base, branch: order.branch, file });
  if (!bundled.ok) return gitEnding(bundled.failure);
  const { size } = await stat(file);
  if (size > LARGEST_ARTIFACT.bundle) return endingOf("CAP_OUTPUT", `The change is ${size} bytes as a bundle.`);
  story.outputs.has("branch.bundle");
  story.change = { branch: order.branch, base: order.base, head: commit.head, files: commit.files };
  return null;
}

async function check(run: Run, story: Story): Promise<Ending | null> {
  if (story.change === null) return null;
  await enter(run, "verifying");
  if (run.course.ending !== null) return run.course.ending;
  const verified = await verify(run, story.change);
  if (!verified.ok) return verified.failure;
  story.checks = verified.value.checks;
  await story.outputs.write("test.log", verified.value.log);
  // Written empty, it would say that something ran.
  if (run.launch.order.acceptance.length === 0) story.outputs.miss("test.log", "not_asked");
  return verified.value.ending;
}
