import { covers, type Control } from "../../model/control.ts";
import type { StopWish } from "../../model/attempt.ts";
import type { AttemptId } from "../../model/ids.ts";
import { openAttempts } from "../attempts/open-attempts.ts";
import { stopAttempt } from "../attempts/stop-attempt.ts";
import { getIdea } from "../ideas/get-idea.ts";
import type { Tx } from "../store.ts";
import { setControl, type ControlWish } from "./set-control.ts";

export interface Held {
  readonly control: Control;
  /** Attempts that run and are told to end. */
  readonly stopping: readonly AttemptId[];
  /** Attempts that had not begun and never will; their tasks stay queued. */
  readonly ended: readonly AttemptId[];
}

/** Holds work back and, with `running`, ends what runs: after its turn or at once. Nothing that is queued is lost. */
export async function holdWork(
  tx: Tx,
  { running, ...wish }: ControlWish & { readonly running: StopWish | null },
): Promise<Held> {
  const control = await setControl(tx, wish);
  const stopping: AttemptId[] = [];
  const ended: AttemptId[] = [];
  for (const attempt of running === null ? [] : await openAttempts(tx)) {
    const idea = await getIdea(tx, attempt.ideaId);
    if (idea === null || running === null || !covers(wish.scope, idea)) continue;
    const stopped = await stopAttempt(tx, attempt.id, { wish: running, code: "KILL_SWITCH_ACTIVE" });
    if (stopped === "asked") stopping.push(attempt.id);
    if (stopped === "ended") ended.push(attempt.id);
  }
  return { control, stopping, ended };
}
