import type { Failure } from "../../model/failure.ts";
import { patiently } from "./patiently.ts";

export interface Repetition {
  /** Settles when there may be something to do, after a while in any case, and at once when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly stop: AbortSignal;
  /** Hears of a failure that waiting helps against. */
  readonly waits: (failure: Failure) => void;
}

/** Does a role's round again and again until it is asked to stop. */
export async function repeatedly(round: () => Promise<unknown>, { changed, stop, waits }: Repetition): Promise<void> {
  while (!stop.aborted) {
    await patiently(round, waits);
    await changed(stop);
  }
}
