import type { SessionOutcome } from "../../model/outcome.ts";
import { msOf, type Instant } from "../../model/time.ts";

/** A session whose last line is older than this has ended, even where no end was recorded. */
export const QUIET_AFTER_MS: number = 30 * 60 * 1000;

/**
 * How a session ended: as its last turn did that nobody took back. Without an end it is `running` while its last line
 * is young, by the line's own time, and `unfinished` after that.
 */
export function sessionOutcome(
  last: SessionOutcome | null,
  lines: { readonly lastAt: Instant | null; readonly now: Instant },
): SessionOutcome {
  if (last !== null && last !== "running" && last !== "unfinished") return last;
  const { lastAt, now } = lines;
  return lastAt !== null && msOf(now) - msOf(lastAt) < QUIET_AFTER_MS ? "running" : "unfinished";
}
