import { parseArgs } from "node:util";

/** How much every bench takes on. */
export interface BenchOptions {
  /** Size of the corpora that are read whole. */
  readonly megabytes: number;
  /** Files of the corpus in which nothing changes. */
  readonly files: number;
  readonly jobs: number;
  /** Times everything is run; the best counts. */
  readonly rounds: number;
}

/** The sizes that the limits are set for; smaller runs have figures and no verdict on them. */
export const ASKED: BenchOptions = { megabytes: 1_000, files: 20_000, jobs: 5_000, rounds: 3 };

/** `--megabytes 1000 --files 20000 --jobs 5000 --rounds 3`, each of which may be left out. */
export function benchOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      megabytes: { type: "string", default: String(ASKED.megabytes) },
      files: { type: "string", default: String(ASKED.files) },
      jobs: { type: "string", default: String(ASKED.jobs) },
      rounds: { type: "string", default: String(ASKED.rounds) },
    },
  });
  return {
    megabytes: positive("megabytes", values.megabytes),
    files: positive("files", values.files),
    jobs: positive("jobs", values.jobs),
    rounds: positive("rounds", values.rounds),
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
  return number;
}
