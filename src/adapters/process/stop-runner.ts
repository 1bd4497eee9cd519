import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { parseHolder, type Holder } from "../../model/holder.ts";
import { ATTEMPT_MARK } from "../../model/launch.ts";
import { endFamily } from "./end-family.ts";
import { startVariable } from "./process-rows.ts";
import { isDead, ownProcess } from "./processes.ts";
import { recordOf } from "./runner-records.ts";

/** How long a runner may take to end by itself. */
const POLITE_ROUNDS = 50;
const POLITE_PAUSE_MS = 10;

/** Ends a runner with its group and all that carries its attempt's mark, also what a crashed one left; `folder` has the records. */
export async function stopRunner(folder: string, holder: Holder): Promise<Result<number, Failure>> {
  const root = ownProcess(holder);
  if (root === null) return fail(notHere(holder));
  const mark = startVariableOf(holder) ?? (await recordOf(folder, holder))?.attemptId ?? null;
  if (!isDead(holder)) await askToEnd(holder);
  return endFamily({ root, mark }).then(ok, (error: unknown) => fail(notEnded(holder, String(error))));
}

function startVariableOf(holder: Holder): string | null {
  const pid = parseHolder(holder)?.pid;
  return pid === undefined || isDead(holder) ? null : startVariable(pid, ATTEMPT_MARK);
}

/** A runner that can still answer takes its sandbox down in order; one that ignores it is killed with its group after this. */
async function askToEnd(holder: Holder): Promise<void> {
  const pid = parseHolder(holder)?.pid;
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It ended meanwhile.
  }
  for (let round = 0; round < POLITE_ROUNDS && !isDead(holder); round += 1) await wait(POLITE_PAUSE_MS);
}

function notEnded(holder: Holder, cause: string): Failure {
  return {
    code: "try_later",
    message: `${holder} could not be ended with all that it started.`,
    cause,
    hint: "Do this: see why the system keeps those processes, as a disk that does not answer; it is tried again.",
    retry: "later",
  };
}

function notHere(holder: Holder): Failure {
  return {
    code: "not_found",
    message: `${holder} is no process of this machine.`,
    cause: "Only the machine that runs it can end it.",
    hint: "Do this: stop it from there.",
    retry: "never",
  };
}
