/** Where changes are proposed to people: pull requests and their like. */
import type { Result } from "../kit/result.ts";
import type { Change } from "../model/change.ts";
import type { Failure } from "../model/failure.ts";

export interface CodeHost {
  /** Proposes a change as a draft; proposing it again finds the draft that is there. */
  propose(change: Change): Promise<Result<void, Failure>>;
}
