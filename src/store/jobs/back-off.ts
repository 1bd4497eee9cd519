import { sha256 } from "../../kit/hash.ts";

const FIRST_MS = 1_000;
const FACTOR = 4;
const LONGEST_MS = 15 * 60_000;

/**
 * Milliseconds to wait after attempt `attempt` (from 1) of a job: 1 s, 4 s, 16 s … at most 15 min, cut by up to half so
 * that jobs that failed together do not come back together. The cut follows from the id: no chance inside a transaction.
 */
export function backOffMs(id: string, attempt: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempt - 1));
  const spread = Number.parseInt(sha256(`${id}:${attempt}`).slice(0, 8), 16) / 0xffff_ffff;
  return Math.round(whole * (1 - spread / 2));
}
