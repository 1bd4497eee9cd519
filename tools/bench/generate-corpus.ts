/**
 * Makes a Codex home of a wanted size, the same bytes for the same seed. Three shapes, after real stores: `synthetic`
 * (many sessions, mean line about 1.3 kB), `fat` (few files, lines of megabytes: outputs, images, compacted histories) and
 * `tiny` (very many small files). `node tools/bench/generate-corpus.ts DIR MEGABYTES [SHAPE]`.
 */
import { mkdirSync, openSync, writeSync, closeSync } from "node:fs";
import { join } from "node:path";
import { seededRandom, type Random } from "../../src/kit/random.ts";
import { randomWords } from "./random-words.ts";
import { sessionLines, type SessionPlan } from "./session-lines.ts";

export type Shape = "synthetic" | "fat" | "tiny";

export interface CorpusOptions {
  readonly folder: string;
  /** Stops at the first whole session that reaches so many bytes, or at so many files. */
  readonly bytes?: number;
  readonly files?: number;
  readonly shape: Shape;
  readonly seed: number;
}

export interface Corpus {
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  /** Sum over all responses, what a right token report must say. */
  readonly tokens: number;
}

const PLANS: { readonly [Name in Shape]: (random: Random) => Pick<SessionPlan, "calls" | "outputBytes" | "fatBytes"> } =
  {
    synthetic: (random) => ({ calls: 20 + Math.floor(random() * 60), outputBytes: 1_900, fatBytes: 0 }),
    fat: () => ({ calls: 120, outputBytes: 2_000, fatBytes: 2_000_000 }),
    tiny: () => ({ calls: 1, outputBytes: 60, fatBytes: 0 }),
  };

export function generateCorpus({ folder, bytes = Infinity, files = Infinity, shape, seed }: CorpusOptions): Corpus {
  if (bytes === Infinity && files === Infinity) throw new Error("A corpus needs an end: bytes or files.");
  const random = seededRandom(seed);
  const words = randomWords(random);
  const total = { files: 0, lines: 0, bytes: 0, tokens: 0 };
  while (total.bytes < bytes && total.files < files) {
    const plan: SessionPlan = { ...PLANS[shape](random), number: total.files, random, words };
    const written = writeSession(folder, plan);
    total.files += 1;
    total.lines += written.lines;
    total.bytes += written.bytes;
    total.tokens += written.tokens;
  }
  return total;
}

function writeSession(folder: string, plan: SessionPlan): { lines: number; bytes: number; tokens: number } {
  const session = sessionLines(plan);
  const day = join(folder, "sessions", ...session.day.split("-"));
  mkdirSync(day, { recursive: true });
  const file = openSync(join(day, session.fileName), "w");
  let bytes = 0;
  for (const line of session.lines) bytes += writeSync(file, `${line}\n`);
  closeSync(file);
  return { lines: session.lines.length, bytes, tokens: session.tokens };
}

if (import.meta.main) {
  const [folder = "", megabytes = "200", shape = "synthetic"] = process.argv.slice(2);
  const corpus = generateCorpus({ folder, bytes: Number(megabytes) * 1_000_000, shape: shape as Shape, seed: 1 });
  process.stdout.write(`${JSON.stringify(corpus)}\n`);
}
