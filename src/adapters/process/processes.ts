import { hostname } from "node:os";
import { holderOf, parseHolder, type Holder, type HolderParts } from "../../model/holder.ts";
import { processRow } from "./process-rows.ts";

/** This process as a holder of leases. */
export function ownHolder(): Holder {
  return processHolder(process.pid);
}

/** A process of this machine as a holder. */
export function processHolder(pid: number): Holder {
  return holderOf({ host: hostWord(), pid, start: processRow(pid)?.start ?? "unknown" });
}

/** True only for a process of this host that is gone, or whose pid another process has by now. */
export function isDead(holder: Holder): boolean {
  const parts = ownProcess(holder);
  if (parts === null) return false;
  return !isRunning(parts.pid) || isAnother(parts);
}

/** The parts of a holder that is a process of this host; `null` for all others. */
export function ownProcess(holder: Holder): HolderParts | null {
  const parts = parseHolder(holder);
  return parts !== null && parts.host === hostWord() ? parts : null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A process that has ended and whose parent does not ask, as the first one of a container may not, holds nothing any more. */
function isAnother({ pid, start }: HolderParts): boolean {
  const now = processRow(pid);
  return now !== null && (now.isOver || (start !== "unknown" && now.start !== start));
}

/** The host's name without characters that a holder's text uses itself. */
function hostWord(): string {
  return hostname().replaceAll(/[^A-Za-z0-9.-]/g, "-") || "localhost";
}
