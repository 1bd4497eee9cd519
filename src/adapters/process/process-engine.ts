import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Holder } from "../../model/holder.ts";
import { ATTEMPT_MARK, type Start } from "../../model/launch.ts";
import type { Engine, EngineSight } from "../../ports/engine.ts";
import { isDead, ownProcess, processHolder } from "./processes.ts";
import { readRecord, runnerLog, takeStart, writeRecord } from "./runner-records.ts";
import { tidyRecords } from "./tidy-records.ts";
import { stopRunner } from "./stop-runner.ts";

export interface ProcessEngineSettings {
  /** A folder of the engine's own: who runs, and what runners say. Outside of the folders of attempts. */
  readonly folder: string;
  /** The program and arguments that start a runner; it reads its `Start` as JSON from stdin. */
  readonly command: readonly [string, ...string[]];
  /** The whole environment of a runner, the attempt's mark aside. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs each runner as a process of this machine, in a session of its own, so that it outlives the process that started it. */
export function processEngine(settings: ProcessEngineSettings): Engine {
  return {
    start: (start) => startRunner(settings, start),
    look: (holder) => Promise.resolve(look(holder)),
    tidy: (attempts, now) => tidyRecords(settings.folder, attempts, now),
    stop: (holder) => stopRunner(settings.folder, holder),
  };
}

/** The file that is made first decides who starts: a second call, from whatever process, gets the first one's runner. */
async function startRunner(settings: ProcessEngineSettings, start: Start): Promise<Result<Holder, Failure>> {
  try {
    await mkdir(settings.folder, { recursive: true, mode: 0o700 });
    if (!(await takeStart(settings.folder, start))) return await startedBefore(settings, start);
    const holder = await launch(settings, start);
    await writeRecord(settings.folder, start, holder);
    return ok(holder);
  } catch (error) {
    return fail(notStarted(error instanceof Error ? error.message : String(error)));
  }
}

async function launch({ folder, command, env }: ProcessEngineSettings, start: Start): Promise<Holder> {
  const [program, ...args] = command;
  const log = await open(runnerLog(folder, start), "a", 0o600);
  try {
    const surroundings = { ...env, [ATTEMPT_MARK]: start.attemptId };
    const stdio = ["pipe" as const, log.fd, log.fd];
    const child = spawn(program, args, { cwd: folder, env: surroundings, detached: true, stdio });
    await once(child, "spawn");
    const holder = processHolder(child.pid ?? 0);
    await handOver(child, start);
    child.unref();
    return holder;
  } finally {
    await log.close();
  }
}

/** Over stdin: arguments and environment of a process can be read by others. A runner that ends at once is seen by `look`. */
async function handOver({ stdin }: ChildProcess, start: Start): Promise<void> {
  if (stdin === null) throw new Error("unreachable: stdin is a pipe");
  await new Promise<void>((resolve) => {
    stdin.once("error", () => resolve());
    stdin.end(JSON.stringify(start), () => resolve());
  });
}

const STARTING_ROUNDS = 100;
const STARTING_PAUSE_MS = 20;

async function startedBefore({ folder }: ProcessEngineSettings, start: Start): Promise<Result<Holder, Failure>> {
  for (let round = 0; round < STARTING_ROUNDS; round += 1) {
    const record = await readRecord(folder, start);
    if (record !== null) return ok(record.holder);
    await wait(STARTING_PAUSE_MS);
  }
  return fail(notStarted("An earlier start of this attempt was cut off."));
}

function look(holder: Holder): EngineSight {
  if (ownProcess(holder) === null) return "unknown";
  return isDead(holder) ? "gone" : "running";
}

function notStarted(cause: string): Failure {
  return {
    code: "try_later",
    message: "The runner of the attempt could not be started.",
    cause,
    hint: "Do this: nothing; the attempt is swept as lost and its task tried again.",
    retry: "later",
  };
}
