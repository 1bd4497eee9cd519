import type { RunRow } from "../../../src/views/shapes/run.ts";

/** What the address says about which runs to list. */
export interface RunSearch {
  readonly q?: string;
  readonly state?: string;
  readonly agent?: string;
}

/** Every state a run is told by, as exhaustive records so that a new one cannot be forgotten. */
const STATES: Readonly<Record<Exclude<RunRow["state"], "ended"> | NonNullable<RunRow["outcome"]>, true>> = {
  queued: true,
  running: true,
  verifying: true,
  succeeded: true,
  failed: true,
  capped: true,
  cancelled: true,
  lost: true,
};
export const RUN_STATE_WORDS: readonly string[] = Object.keys(STATES);

const AGENTS: Readonly<Record<RunRow["agent"], true>> = { codex: true, scripted: true };
export const AGENT_WORDS: readonly string[] = Object.keys(AGENTS);

/** Every word of `q` must stand somewhere in a run's idea, id, repository, model or failure. */
export function runFilter({ q = "", state = "", agent = "" }: RunSearch): (row: RunRow) => boolean {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (row) => {
    if (state !== "" && (row.outcome ?? row.state) !== state) return false;
    if (agent !== "" && row.agent !== agent) return false;
    const text = [row.title, row.id, row.repository, row.model, row.failure_code].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
