import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { holderOf, parseHolder, type Holder, type HolderParts } from "../../model/holder.ts";

/** This process as a holder of leases. */
export function ownHolder(): Holder {
  return holderOf({ host: hostWord(), pid: process.pid, start: startOf(process.pid) ?? "unknown" });
}

/** True only for a process of this host that is gone, or whose pid another process has by now. */
export function isDead(holder: Holder): boolean {
  const parts = parseHolder(holder);
  if (parts === null || parts.host !== hostWord()) return false;
  return !isRunning(parts.pid) || isAnother(parts);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isAnother({ pid, start }: HolderParts): boolean {
  const now = startOf(pid);
  return now !== null && start !== "unknown" && now !== start;
}

/** Start time in clock ticks since boot (field 22 of /proc/PID/stat); `null` where the system has no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name, field 2, may hold spaces and parentheses; what follows its last `)` starts with field 3.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** The host's name without characters that a holder's text uses itself. */
function hostWord(): string {
  return hostname().replaceAll(/[^A-Za-z0-9.-]/g, "-") || "localhost";
}
