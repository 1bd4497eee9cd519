import { setTimeout as wait } from "node:timers/promises";
import { familyOf, identity, type FamilyWish } from "./family.ts";
import { processRow, processRows, startVariable, type ProcessRow } from "./process-rows.ts";
import { ATTEMPT_MARK } from "../../model/launch.ts";

export interface EndWish {
  readonly root: FamilyWish["root"];
  /** The attempt's mark; `null`: the family carries none. */
  readonly mark: string | null;
}

const PAUSE_MS = 10;
/** A group that was killed is gone in a few milliseconds; a sandbox takes its own down with it in as many. */
const GRACE_ROUNDS = 30;
/** Together with the grace less than the two seconds in which a cancelled attempt is gone. */
const HUNT_ROUNDS = 100;

/**
 * Ends a program with everything it started and settles when none of it is left; throws when the system would not let
 * go of one for about two seconds. Returns how many outlived the end of their group and were killed one by one.
 */
export async function endFamily({ root, mark }: EndWish): Promise<number> {
  const known = new Set<string>();
  const isMarked = (pid: number): boolean => mark !== null && startVariable(pid, ATTEMPT_MARK) === mark;
  const look = (): readonly ProcessRow[] => {
    const rows = familyOf(processRows(), { root, self: process.pid, known, isMarked });
    for (const row of rows) known.add(identity(row));
    return rows;
  };
  const before = look();
  if (before.some((row) => row.group === root.pid)) signal(-root.pid);
  return (await isEmpty(look, GRACE_ROUNDS)) ? 0 : hunt(look);
}

async function hunt(look: () => readonly ProcessRow[]): Promise<number> {
  const hunted = new Set<string>();
  const isOver = await isEmpty(() => {
    const rows = look();
    for (const row of rows) {
      hunted.add(identity(row));
      if (processRow(row.pid)?.start === row.start) signal(row.pid);
    }
    return rows;
  }, HUNT_ROUNDS);
  if (!isOver) throw new Error(`Still alive after SIGKILL: ${look().map(identity).join(", ")}`);
  return hunted.size;
}

/** Looks until there is nothing, at most so many times. */
async function isEmpty(look: () => readonly ProcessRow[], rounds: number): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    if (look().length === 0) return true;
    await wait(PAUSE_MS);
  }
  return false;
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile; the next look tells.
  }
}
