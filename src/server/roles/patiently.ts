import { FailureError, type Failure } from "../../model/failure.ts";

/** Does a round of a role. A failure that waiting helps against ends the round, not the role: it is told and the answer is `null`. */
export async function patiently<T>(round: () => Promise<T>, waits: (failure: Failure) => void): Promise<T | null> {
  try {
    return await round();
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.retry === "never") throw error;
    waits(error.failure);
    return null;
  }
}
