import { join } from "node:path";
import { fail, ok, type Result } from "../kit/result.ts";
import type { CommandLine } from "../model/profile.ts";
import { saysDiskFull } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { environmentOf, wallsOf, type Place } from "./folders.ts";
import { runCommand } from "./run-command.ts";
import type { Run } from "./run.ts";
import { keepSetup, newSince, restoreSetup, snapshotOf } from "./setup-cache.ts";
import { setupKey } from "./setup-key.ts";

export interface SetupWish {
  readonly place: Place;
  readonly commit: string;
  /** Keep what it makes for others: only where no agent has touched the tree. */
  readonly keep: boolean;
}

/** Makes the dependencies of a tree, or takes those that were made of the same files before. */
export async function setUp(run: Run, { place, commit, keep }: SetupWish): Promise<Result<void, Ending>> {
  const { setup } = run.launch.order;
  if (setup.length === 0) return ok(undefined);
  const folder = join(run.launch.setupCache, await setupKey(place.tree, { setup, commit }));
  const restored = await restoreSetup(folder, { place, now: run.world.clock.now() });
  run.log.tell("setup_started", { cached: restored !== null });
  // Dependencies are no part of the change, also where the repository forgot to say so.
  if (restored !== null) return ok(await run.world.workspace.leaveOut(place.tree, restored));
  const before = await snapshotOf(place.tree);
  for (const line of setup) {
    const failed = await runLine(run, { line, place });
    if (failed !== null) return fail(failed);
  }
  const paths = await newSince(place.tree, before);
  await run.world.workspace.leaveOut(place.tree, paths);
  // What cannot be copied (a socket, a full disk) is made again next time.
  if (keep)
    await keepSetup(folder, { place, paths, now: run.world.clock.now() }).catch((error) =>
      run.log.tell("setup_not_kept", { why: String(error) }),
    );
  return ok(undefined);
}

/** Network, because dependencies come from there; no keys, because nobody gave it any. */
async function runLine(run: Run, { line, place }: { line: CommandLine; place: Place }): Promise<Ending | null> {
  const { world, launch } = run;
  const program = run.programs.within(wallsOf(place, { hidden: hiddenOf(run), network: true }));
  const env = environmentOf(place, world.environment);
  const ended = await runCommand({ command: line, cwd: place.tree, env }, { clock: world.clock, program });
  if (run.course.signal.aborted && run.course.ending !== null) return run.course.ending;
  if (!ended.ok) return endingOf("SANDBOX_UNAVAILABLE", `${ended.failure.message} ${ended.failure.cause}`);
  const { exitCode, seconds } = ended.value;
  const output = ended.value.output.text(world.redact);
  run.log.tell("setup_ended", { line: JSON.stringify(line), exitCode, seconds, output: exitCode === 0 ? "" : output });
  if (exitCode === 0) return null;
  const what = `The setup of ${launch.order.repository} ended with ${exitCode ?? "a signal"}: ${JSON.stringify(line)}`;
  return endingOf(saysDiskFull(output) ? "DISK_FULL" : "SETUP_FAILED", what);
}

/** Nobody inside the walls may see what others will take for their dependencies. */
export function hiddenOf({ launch }: Run): readonly string[] {
  return [...launch.hidden, launch.setupCache];
}
