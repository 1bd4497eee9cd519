import type { AttemptId } from "../model/ids.ts";

/** The live log of every run, one line of JSON after the other, as its runner tells them; already redacted. */
export interface RunLogs {
  /** Appends whole lines, in order. */
  append(id: AttemptId, lines: readonly string[]): Promise<void>;
  /** How many whole lines there are; lines told twice are told from lines that are new by it. */
  count(id: AttemptId): Promise<number>;
  /** Bytes from `from` on, at most a few megabytes at a time; empty when there is nothing (yet). */
  read(id: AttemptId, from: number): Promise<Uint8Array>;
  /** Where it lies, whether it is there or not: also what is kept as `run.jsonl` in the end. */
  pathOf(id: AttemptId): string;
  remove(id: AttemptId): Promise<void>;
}
