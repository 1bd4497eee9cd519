/**
 * One attempt from clone to verdict. It opens no store, reads no setting and knows no secret.
 *
 *   start ─▶ preparing ─▶ running ─▶ guarding ─▶ verifying ─▶ ended
 *     │          └───────────┴───────────┴───────────┴─▶ (cap, stop, cancel, trouble) ─▶ ended
 *     └──▶ refused: somebody else has it
 *
 * Whatever happens, everything it started is ended, what it left is handed over, its folder goes, and a verdict is
 * attempted, in this order.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Verdict } from "../model/verdict.ts";
import type { HostTrouble } from "../ports/host.ts";
import { codeOf, saysDiskFull } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { keepBeating } from "./heartbeat.ts";
import { Outputs } from "./outputs.ts";
import { openRun, type Run } from "./run.ts";
import type { RunnerWorld } from "./runner-world.ts";
import { newStory, tellStory, type Story } from "./story.ts";
import { upload } from "./upload.ts";

/** `refused`: it never began · `ended`: the host has the verdict · `untold`: it ended, and the host does not know. */
export type RunEnd =
  | { readonly kind: "refused"; readonly trouble: HostTrouble }
  | { readonly kind: "ended" | "untold"; readonly verdict: Verdict };

/** `signal` aborts when the machine wants this process to end. */
export async function runAttempt(world: RunnerWorld, signal: AbortSignal): Promise<RunEnd> {
  const started = await world.host.start(world.holder);
  if (!started.ok) return { kind: "refused", trouble: started.failure };
  const run = openRun(world, started.value);
  const outputs = new Outputs(run.folders.out, run.launch.order);
  const over = new AbortController();
  const beating = keepBeating(run, over.signal);
  try {
    const story = await guarded(run, { outputs, signal });
    return await finish(run, story);
  } finally {
    over.abort();
    run.caps[Symbol.dispose]();
    await beating;
  }
}

/** Plays the story and ends everything it started, whichever way it goes. */
async function guarded(run: Run, { outputs, signal }: { outputs: Outputs; signal: AbortSignal }): Promise<Story> {
  const story = newStory(outputs);
  const stopped = (): void => run.course.endNow(endingOf("RUNNER_LOST", "The runner was told to end."));
  const ended = endProgramsWhenAborted(run);
  signal.addEventListener("abort", stopped, { once: true });
  if (signal.aborted) stopped();
  try {
    story.ending = await tellStory(run, story);
  } catch (error) {
    story.ending = run.course.ending ?? endingOfError(error);
  } finally {
    signal.removeEventListener("abort", stopped);
  }
  story.ending = (await endPrograms(run, ended)) ?? story.ending;
  return story;
}

/** Milliseconds that an agent has to take an interruption before its processes are ended. */
const GRACE_MS = 300;

/** Ends all programs as soon as the attempt has to end at once: steps that wait for them come to their end by it. */
function endProgramsWhenAborted(run: Run): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = async (): Promise<void> => {
    run.log.tell("stopping", { code: run.course.ending?.failure?.code ?? null });
    if (run.now.phase === "running") await wait(GRACE_MS);
    await run.programs.end();
  };
  run.course.signal.addEventListener(
    "abort",
    () =>
      void end()
        .catch(() => {})
        .then(resolve),
    { once: true },
  );
  return promise;
}

/** Nothing may survive; what cannot be ended is the one ending that overrules every other. */
async function endPrograms(run: Run, ended: Promise<void>): Promise<Ending | null> {
  if (run.course.signal.aborted) await ended;
  try {
    await run.programs.end();
  } catch (error) {
    return endingOf("SURVIVING_PROCESS", `A process could not be ended: ${messageOf(error)}`);
  }
  if (run.programs.hunted > 0) run.log.tell("survivors", { hunted: run.programs.hunted });
  return null;
}

/** Hands over, cleans up, and says the last word, to a host that still wants to hear it. */
async function finish(run: Run, story: Story): Promise<RunEnd> {
  const { world, launch, course } = run;
  run.log.tell("ended", { outcome: story.ending.outcome, code: story.ending.failure?.code ?? null });
  if (course.trouble === null)
    await upload(run, story.outputs).catch((error) => run.log.tell("warned", { text: messageOf(error) }));
  if (course.trouble === null) await run.log.flush();
  // Removing walks through folders, and what still lives could put links in its way: the host clears them away later.
  if (!launch.keep && run.programs.areGone)
    await world.removeFolder(launch.folder).catch((error) => run.log.tell("warned", { text: messageOf(error) }));
  const verdict = verdictOf(run, story);
  // Somebody else has the attempt: not one word more.
  if (course.trouble === "stale" || course.trouble === "refused") return { kind: "untold", verdict };
  const done = await world.host.done(verdict);
  return { kind: done.ok ? "ended" : "untold", verdict };
}

function verdictOf({ caps, now, programs }: Run, { ending, change, checks, outputs }: Story): Verdict {
  return {
    outcome: ending.outcome,
    failure: ending.failure,
    change,
    checks,
    sessionId: now.sessionId,
    turns: caps.turns,
    toolCalls: caps.toolCalls,
    survivors: programs.hunted,
    absent: outputs.absent,
  };
}

function endingOfError(error: unknown): Ending {
  if (saysDiskFull(error)) return endingOf("DISK_FULL", messageOf(error));
  return endingOf(codeOf(error) === "" ? "UNKNOWN" : "WORKSPACE_NOT_READY", messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
