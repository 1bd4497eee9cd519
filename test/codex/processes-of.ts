import { readdirSync, readFileSync } from "node:fs";

/** Processes that carry an attempt's mark in their environment, as `pid command`: after the end there has to be none. */
export function processesOf(mark: string): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => read(`/proc/${pid}/environ`).includes(mark) && !isZombie(pid))
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\u0000", " ")}`);
}

function isZombie(pid: string): boolean {
  return /\) Z /.test(read(`/proc/${pid}/stat`));
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
