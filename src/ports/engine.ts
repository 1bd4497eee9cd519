/** Starts the runner of one attempt somewhere: a process of this machine, or a workflow of a cluster. */
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Holder } from "../model/holder.ts";
import type { AttemptId } from "../model/ids.ts";
import type { Start } from "../model/launch.ts";

/** `gone`: it ran and ended, or its name is unknown · `running` · `unknown`: it cannot be seen from here. */
export type EngineSight = "running" | "gone" | "unknown";

export interface Engine {
  /** Starting the same (attempt, fence) again starts nothing. */
  start(start: Start): Promise<Result<Holder, Failure>>;
  look(holder: Holder): Promise<EngineSight>;
  /** Forgets what is kept of runners that ended a while ago; `now` in milliseconds. Those of open attempts stay. */
  tidy(open: readonly AttemptId[], now: number): Promise<void>;
  /** Ends the runner and everything it started; settles when none is left, with how many had to be hunted down. */
  stop(holder: Holder): Promise<Result<number, Failure>>;
}
