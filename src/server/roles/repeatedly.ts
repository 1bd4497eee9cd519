import { steadily, type Steadiness } from "./steadily.ts";

export interface Repetition extends Steadiness {
  /** Settles when there may be something to do, after a while in any case, and at once when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

/** Does a role's round again and again until it is asked to stop. */
export async function repeatedly(round: () => Promise<unknown>, repetition: Repetition): Promise<void> {
  const { changed, stop } = repetition;
  const attempt = steadily(repetition);
  while (!stop.aborted) {
    await attempt(round);
    await changed(stop);
  }
}
