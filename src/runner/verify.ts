import { fail, ok, type Result } from "../kit/result.ts";
import type { AcceptanceCommand } from "../model/profile.ts";
import type { ChangeMade, CheckResult } from "../model/verdict.ts";
import { gitEnding } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { environmentOf, makePlace, wallsOf } from "./folders.ts";
import { runCommand, type CommandEnd } from "./run-command.ts";
import type { Run } from "./run.ts";
import { hiddenOf, setUp } from "./setup.ts";

/** What the acceptance commands said, and all of it as text. */
export interface Verified {
  readonly checks: readonly CheckResult[];
  readonly log: string;
  /** `null` when every command passed. */
  readonly ending: Ending | null;
}

/**
 * Runs the acceptance commands on a fresh clone of the commit with the dependencies made before the agent ran: what the
 * agent left beside its commit cannot help it. Every command runs, also after one that failed.
 */
export async function verify(run: Run, change: Pick<ChangeMade, "head" | "files">): Promise<Result<Verified, Ending>> {
  const { folders, world, launch } = run;
  const { acceptance } = launch.order;
  if (acceptance.length === 0) return ok({ checks: [], log: "", ending: null });
  await makePlace(folders.verify);
  const cloned = await world.workspace.cloneCommit(folders.work.tree, {
    commit: change.head,
    into: folders.verify.tree,
  });
  if (!cloned.ok) return fail(gitEnding(cloned.failure));
  const changed = change.files.map(({ path }) => path);
  const ready = await setUp(run, { place: folders.verify, commit: launch.order.base, changed });
  if (!ready.ok) return ready;
  const checks: CheckResult[] = [];
  const texts: string[] = [];
  for (const command of acceptance) {
    const ended = await runCheck(run, command);
    if (run.course.ending !== null) return fail(run.course.ending);
    if (!ended.ok) return fail(ended.failure);
    checks.push(ended.value.check);
    texts.push(ended.value.text);
  }
  return ok({ checks, log: texts.join("\n"), ending: endingOfChecks(checks) });
}

/** No network: a test that needs one says nothing about the change alone. */
async function runCheck(
  run: Run,
  { name, run: command, timeout }: AcceptanceCommand,
): Promise<Result<{ check: CheckResult; text: string }, Ending>> {
  const { folders, world } = run;
  const place = folders.verify;
  run.log.tell("check_started", { name });
  const program = run.programs.within(wallsOf(place, { hidden: hiddenOf(run), network: false }));
  const env = environmentOf(place, world.environment);
  const ended = await runCommand({ command, cwd: place.tree, env, timeout }, { clock: world.clock, program });
  if (!ended.ok) return fail(endingOf("SANDBOX_UNAVAILABLE", `${ended.failure.message} ${ended.failure.cause}`));
  const { exitCode, timedOut, seconds } = ended.value;
  const check = {
    name,
    command,
    passed: exitCode === 0,
    exitCode,
    timedOut,
    seconds: Math.round(seconds * 1000) / 1000,
  };
  run.log.tell("check_ended", { name, passed: check.passed, exitCode, timedOut, seconds: check.seconds });
  return ok({ check, text: sectionOf(check, ended.value.output.text(world.redact)) });
}

function sectionOf({ name, command, seconds, ...end }: CheckResult, output: string): string {
  return `# ${name}\n$ ${typeof command === "string" ? command : JSON.stringify(command)}\n${output.trimEnd()}\n[${wordsOf(end)} after ${seconds} s]\n`;
}

function wordsOf({ exitCode, timedOut }: Pick<CommandEnd, "exitCode" | "timedOut">): string {
  if (timedOut) return "timed out";
  return exitCode === null ? "ended by a signal" : `exit ${exitCode}`;
}

function endingOfChecks(checks: readonly CheckResult[]): Ending | null {
  const failed = checks.filter((check) => !check.passed);
  if (failed.length === 0) return null;
  const what = failed.map((check) => `${check.name}: ${wordsOf(check)}`).join("; ");
  return endingOf("ACCEPTANCE_COMMAND_FAILED", `${failed.length} of ${checks.length} checks failed. ${what}`);
}
