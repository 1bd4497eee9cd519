import { join } from "node:path";
import { fail, ok, type Result } from "../kit/result.ts";
import type { CommandLine } from "../model/profile.ts";
import { saysDiskFull } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { environmentOf, wallsOf, type Place } from "./folders.ts";
import { runCommand } from "./run-command.ts";
import type { Run } from "./run.ts";
import { keepSetup, newSince, restoreSetup, snapshotOf } from "./setup-cache.ts";
import { isDependencyFile, setupKey } from "./setup-key.ts";

export interface SetupWish {
  readonly place: Place;
  readonly commit: string;
  /**
   * What an agent has changed, by path; `null` where no agent has touched the tree. Only there is what setup makes kept for
   * others, and only there has it the network: a changed tree may bring scripts of the agent's for it to run.
   */
  readonly changed: readonly string[] | null;
}

/** Makes the dependencies of a tree, or takes those that were made of the same files before. */
export async function setUp(run: Run, { place, commit, changed }: SetupWish): Promise<Result<void, Ending>> {
  const { setup } = run.launch.order;
  const { clock, removeFolder } = run.world;
  if (setup.length === 0) return ok(undefined);
  const folder = join(run.launch.setupCache, await setupKey(place.tree, { setup, commit }));
  const restored = await restoreSetup(folder, { place, now: clock.now() });
  run.log.tell("setup_started", { cached: restored !== null });
  // Dependencies are no part of the change, also where the repository forgot to say so.
  if (restored !== null) return ok(await run.world.workspace.leaveOut(place.tree, restored));
  const before = await snapshotOf(place.tree);
  for (const line of setup) {
    const failed = await runLine(run, { line, place, changed });
    if (failed !== null) return fail(failed);
  }
  // From here on we read what it left, outside of the walls.
  await run.programs.killAll();
  const paths = await newSince(place.tree, before);
  await run.world.workspace.leaveOut(place.tree, paths);
  // What cannot be copied (a socket, a full disk) is made again next time.
  if (changed === null)
    await keepSetup(folder, { place, paths, now: clock.now(), removeFolder }).catch((error) =>
      run.log.tell("setup_not_kept", { why: String(error) }),
    );
  return ok(undefined);
}

interface LineWish extends Pick<SetupWish, "place" | "changed"> {
  readonly line: CommandLine;
}

/** Network for the base alone, because dependencies come from there; no keys, because nobody gave it any. */
async function runLine(run: Run, { line, place, changed }: LineWish): Promise<Ending | null> {
  const { world, launch } = run;
  const program = run.programs.within(wallsOf(place, { hidden: hiddenOf(run), network: changed === null }));
  const env = environmentOf(place, world.environment);
  const ended = await runCommand({ command: line, cwd: place.tree, env }, { clock: world.clock, program });
  if (run.course.signal.aborted && run.course.ending !== null) return run.course.ending;
  if (!ended.ok) return endingOf("SANDBOX_UNAVAILABLE", `${ended.failure.message} ${ended.failure.cause}`);
  const { exitCode, seconds } = ended.value;
  const output = ended.value.output.text(world.redact);
  run.log.tell("setup_ended", { line: JSON.stringify(line), exitCode, seconds, output: exitCode === 0 ? "" : output });
  if (exitCode === 0) return null;
  const how = `The setup of ${launch.order.repository} ended with ${exitCode ?? "a signal"}: ${JSON.stringify(line)}`;
  const what = changed === null ? how : `${how}. ${withoutNetwork(changed)}`;
  return endingOf(saysDiskFull(output) ? "DISK_FULL" : "SETUP_FAILED", what);
}

/** Why a setup had no network, and what a person can do about it. */
function withoutNetwork(changed: readonly string[]): string {
  const files = changed.filter(isDependencyFile);
  const why =
    files.length === 0
      ? "what it made at the base was not kept, so it ran again on a tree that the agent has changed."
      : `the agent has changed ${files.join(", ")}, so what it made at the base does not fit any more.`;
  return (
    `It had no network: ${why} With one, code of the agent could reach this machine and beyond. Do this: commit the new ` +
    "dependencies on the base branch yourself and run the idea again, or have setup do without a network."
  );
}

/**
 * Nobody inside the walls may see what others will take for their dependencies, nor the person's checkout: it holds what
 * no commit has, as other branches and files with keys that git leaves out.
 */
export function hiddenOf({ launch }: Run): readonly string[] {
  return [...launch.hidden, launch.setupCache, launch.order.repository];
}
