/**
 * What starting the command line costs over bare Node in the same run: `node tools/bench/start-up.ts [ROUNDS]`. CPU is
 * user + system time of the children, the mean of all rounds: a busy machine stretches the wall clock, not this. Linux only.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const launcher = join(root, "bin/codex-loop.js");
const rounds = Number(process.argv[2] ?? 20);

/** Most milliseconds of CPU over bare Node; `null` where only the figure is of interest. */
const CASES: readonly { readonly name: string; readonly words: readonly string[]; readonly most: number | null }[] = [
  { name: "--version", words: [launcher, "--version"], most: 60 },
  { name: "--help", words: [launcher, "--help"], most: null },
  { name: "sessions list", words: [launcher, "sessions", "list", "--json"], most: 150 },
  { name: "report", words: [launcher, "report", "--json"], most: 150 },
];

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

function main(): void {
  const home = mkdtempSync(join(tmpdir(), "start-up-"));
  try {
    once([launcher, "ingest", join(root, "samples/0.169.0"), "--quiet"], home);
    const bare = costOf(["-e", "0"], home);
    const rows = CASES.map(({ name, words, most }) => ({ name, most, ...costOf(words, home) }));
    console.table([{ name: "bare node", most: null, ...bare }, ...rows].map((row) => shown(row, bare.cpuMs)));
  } finally {
    rmSync(home, { recursive: true });
  }
}

function shown({ name, most, cpuMs, wallMs }: Cost & { name: string; most: number | null }, bareMs: number): object {
  return {
    command: name,
    "CPU ms": Math.round(cpuMs),
    "median wall ms": Math.round(wallMs),
    "CPU over bare ms": Math.round(cpuMs - bareMs),
    "times bare": Math.round((10 * cpuMs) / bareMs) / 10,
    "most over bare ms": most ?? "–",
  };
}

/** The first round fills caches and does not count. */
function costOf(words: readonly string[], home: string): Cost {
  once(words, home);
  const before = childrenCpuMs();
  const walls = Array.from({ length: rounds }, () => once(words, home)).toSorted((left, right) => left - right);
  return { cpuMs: (childrenCpuMs() - before) / rounds, wallMs: walls[Math.floor(rounds / 2)] ?? 0 };
}

function once(words: readonly string[], home: string): number {
  const start = performance.now();
  const env = { PATH: process.env["PATH"], HOME: home };
  const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** User and system time of all children that have ended, counted by the kernel in hundredths of a second. */
function childrenCpuMs(): number {
  const afterName = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(afterName[13]) + Number(afterName[14])) * 10;
}

main();
