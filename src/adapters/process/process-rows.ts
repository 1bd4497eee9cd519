import { readdirSync, readFileSync } from "node:fs";

/** One process as the system tells of it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot, as text: with the pid it names a process for good. */
  readonly start: string;
  /** It has ended and waits for its parent to ask how. */
  readonly isOver: boolean;
}

/** All processes that can be seen from here; none where the system has no /proc. */
export function processRows(): readonly ProcessRow[] {
  return pids().flatMap((pid) => processRow(pid) ?? []);
}

/** `null` when there is no such process, or no /proc. */
export function processRow(pid: number): ProcessRow | null {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat === null ? null : parseStat(stat);
}

/** The value that `name` had in the environment a process started with; `null` when it has none, or may not be read. */
export function startVariable(pid: number, name: string): string | null {
  const entry = textOf(`/proc/${pid}/environ`)
    ?.split("\0")
    .find((text) => text.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

function pids(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** `null` for what is gone by now, or is not for us to read. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** /proc/PID/stat; the command name, field 2, may hold spaces and parentheses, so fields count from its last `)`. */
function parseStat(stat: string): ProcessRow {
  const [state = "", parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start: rest[15] ?? "",
    isOver: state === "Z" || state === "X",
  };
}
