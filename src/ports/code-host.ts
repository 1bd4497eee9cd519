/** Where changes are proposed to people: pull requests and their like. */
import type { Result } from "../kit/result.ts";
import type { Change } from "../model/change.ts";
import type { Failure } from "../model/failure.ts";

export interface CodeHost {
  /** Whether people are asked about exactly this head of the branch. */
  isProposed(change: Change): Promise<Result<boolean, Failure>>;
  /** Proposes a change as a draft. */
  propose(change: Change): Promise<Result<void, Failure>>;
}
