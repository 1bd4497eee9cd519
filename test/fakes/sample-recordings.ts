import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LineReader, ReadLine } from "../../src/formats/record.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** A file of the shipped recordings: its name and its lines as bytes. */
export interface SampleFile {
  readonly name: string;
  readonly lines: readonly Uint8Array[];
}

/** All rollouts of a scenario (`0.169.0/resume`, `older/0.77.0`), by name, which is by time. */
export function sampleRollouts(scenario: string): readonly SampleFile[] {
  const root = join(ROOT, "samples", scenario);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jsonl"));
  const rollouts = paths.filter((path) => path.includes("rollout-"));
  return rollouts
    .map((path) => sampleFile(join(root, path)))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** The exec stream of a scenario; `null` where it was no exec run. */
export function sampleExecStream(scenario: string): SampleFile | null {
  const root = join(ROOT, "samples", scenario);
  return readdirSync(root).includes("exec-events.jsonl") ? sampleFile(join(root, "exec-events.jsonl")) : null;
}

/** Names of the recorded scenarios of a version. */
export function sampleScenarios(version: string): readonly string[] {
  return readdirSync(join(ROOT, "samples", version)).map((name) => `${version}/${name}`);
}

/** A golden file beside the recordings. */
export function goldenJson(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, "test/golden", name), "utf8"));
}

/** Every line of a file through a reader. */
export function readAll(reader: LineReader, lines: Iterable<Uint8Array | string>): readonly ReadLine[] {
  return Array.from(lines, (line) => {
    const head = typeof line === "string" ? Buffer.from(line) : line;
    return reader.read({ head, tail: null, length: head.length });
  });
}

function sampleFile(path: string): SampleFile {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return { name: path.slice(path.lastIndexOf("/") + 1), lines: lines.map((line) => Buffer.from(line)) };
}
