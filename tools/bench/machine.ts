import { cpus, loadavg, platform, totalmem } from "node:os";

/** Where and when figures were taken. */
export interface Machine {
  /** UTC day, `2026-11-21`. */
  readonly day: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGigabytes: number;
  /** `linux` */
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    day: new Date().toISOString().slice(0, 10),
    cores: processors.length,
    processor: processors[0]?.model ?? "unknown processor",
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: platform(),
    node: process.versions.node,
  };
}

/** Processes that ran or wanted to run, averaged over the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0;
}
