import { fail, ok, type Result } from "../kit/result.ts";
import type { Order, Output } from "../model/order.ts";
import type { Commit } from "../ports/workspace.ts";
import { gitEnding } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { environmentOf, wallsOf } from "./folders.ts";
import { runCommand } from "./run-command.ts";
import type { Run } from "./run.ts";
import { hiddenOf } from "./setup.ts";

/** What the agent left: a commit of ours, or its last words. */
export interface Worked {
  readonly commit: Commit | null;
  readonly message: string | null;
}

/** What a turn's end leaves missing, as far as can be seen while the agent lives: it decides about one more turn alone. */
export async function missingNow(run: Run, message: string | null): Promise<Output | undefined> {
  const { outputs } = run.launch.order;
  const hasChange = outputs.includes("change") && (await seemsChanged(run));
  return missingOf(run.launch.order, { hasChange, message });
}

/**
 * Commits what the agent left, where its role may leave a change. Only called when nothing of the attempt lives: what is
 * done here is done outside of the walls, and a living program could swap a folder with a link under our hands.
 */
export async function gather(run: Run, message: string | null): Promise<Result<Worked, Ending>> {
  const { subject, trailers, branch, outputs } = run.launch.order;
  if (!outputs.includes("change")) return judged(run.launch.order, { commit: null, message });
  const committed = await run.world.workspace.commit(run.folders.work.tree, { subject, trailers, branch });
  if (!committed.ok) return fail(gitEnding(committed.failure));
  const commit = committed.value;
  if (commit !== null) run.log.tell("committed", { head: commit.head, files: commit.files.length });
  return judged(run.launch.order, { commit, message });
}

function judged(order: Order, worked: Worked): Result<Worked, Ending> {
  const missing = missingOf(order, { hasChange: worked.commit !== null, message: worked.message });
  return missing === undefined ? ok(worked) : fail(withoutOutput(missing, worked));
}

interface Left {
  readonly hasChange: boolean;
  readonly message: string | null;
}

function missingOf({ outputs }: Order, { hasChange, message }: Left): Output | undefined {
  return outputs.find((output) => (output === "change" ? !hasChange : (message ?? "").trim() === ""));
}

function withoutOutput(missing: Output, { message }: Worked): Ending {
  if (missing !== "change") return endingOf("NO_OUTPUT", `The agent left no ${missing}.`);
  return endingOf("NO_CHANGE", `The agent changed nothing. Its last words: ${message ?? "none"}`);
}

/** Seconds. */
const LONGEST_LOOK = 60;

/** Looks from inside of the walls, where the agent still lives. Who cannot look, or is lied to, lets the commit find out. */
async function seemsChanged(run: Run): Promise<boolean> {
  const { folders, world } = run;
  const { command, env } = world.workspace.look;
  const program = run.programs.within(wallsOf(folders.work, { hidden: hiddenOf(run), network: false, readOnly: true }));
  const surroundings = { ...environmentOf(folders.work, world.environment), ...env };
  const wish = { command, cwd: folders.work.tree, env: surroundings, timeout: LONGEST_LOOK };
  const looked = await runCommand(wish, { clock: world.clock, program });
  return !looked.ok || looked.value.exitCode !== 0 || looked.value.output.bytes > 0;
}
