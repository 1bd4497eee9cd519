import type { SessionOutcome } from "../../../src/model/outcome.ts";
import type { SessionRow } from "../../../src/views/shapes/session.ts";

/** What the address says about which sessions to list. */
export interface SessionSearch {
  readonly q?: string;
  readonly outcome?: string;
  readonly with?: string;
}

/** Every outcome, as an exhaustive record so that a new one cannot be forgotten. */
const OUTCOMES: Readonly<Record<SessionOutcome, true>> = {
  completed: true,
  failed: true,
  interrupted: true,
  unfinished: true,
  running: true,
};
export const SESSION_OUTCOME_WORDS: readonly string[] = Object.keys(OUTCOMES);

/** Every word of `q` must stand somewhere in a session's title, id, folder, model, version or branch. */
export function sessionFilter({ q = "", outcome, with: kind }: SessionSearch): (row: SessionRow) => boolean {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (row) => {
    if (outcome !== undefined && outcome !== "" && row.outcome !== outcome) return false;
    if (kind === "friction" && row.friction_count === 0) return false;
    if (kind === "delight" && row.delight_count === 0) return false;
    const text = [row.title, row.id, row.cwd, row.model, row.cli_version, row.git?.branch].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
