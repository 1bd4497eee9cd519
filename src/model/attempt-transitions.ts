import type { AttemptState } from "./attempt.ts";
import type { Transitions } from "./transitions.ts";

/** A queued attempt that is cancelled or lost ends without having run. */
export const ATTEMPT_TRANSITIONS: Transitions<AttemptState> = {
  queued: ["running", "ended"],
  running: ["verifying", "ended"],
  verifying: ["ended"],
  ended: [],
};
