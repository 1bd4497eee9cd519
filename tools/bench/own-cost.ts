/** What work inside this process costs it. */
import { existsSync, readFileSync } from "node:fs";

export interface OwnCost<T> {
  readonly value: T;
  /** User and system time of all threads of this process, in seconds. */
  readonly cpuSeconds: number;
}

export async function ownCost<T>(work: () => T | Promise<T>): Promise<OwnCost<T>> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuSeconds: (user + system) / 1_000_000 };
}

const STATUS = "/proc/self/status";

/**
 * Most memory this program ever held, in megabytes. The kernel's own mark of this program where there is one: `maxRSS` also
 * counts the process that started it.
 */
export function peakMegabytes(): number {
  const mark = existsSync(STATUS) ? /VmHWM:\s+(\d+) kB/u.exec(readFileSync(STATUS, "utf8"))?.[1] : undefined;
  return Number(mark ?? process.resourceUsage().maxRSS) / 1024;
}
