import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskRecordings } from "../../src/adapters/disk/disk-recordings.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { priceOfRows } from "../../src/policy/prices/price-of.ts";
import { storedUsage } from "../../src/views/stored-usage.ts";
import { usageReport } from "../../src/views/usage.ts";
import { recordingHome } from "../../test/fakes/recording-home.ts";
import { type Corpus, generateCorpus, type Shape } from "./generate-corpus.ts";
import { benchWorld, ingestAll } from "./passes/bench-world.ts";

const SMALL: Readonly<Record<Shape, { readonly bytes?: number; readonly files?: number }>> = {
  synthetic: { bytes: 400_000 },
  fat: { files: 1 },
  tiny: { files: 7 },
};
const SHAPES = Object.keys(SMALL) as Shape[];

interface Made {
  readonly folder: string;
  readonly corpus: Corpus;
}

async function withCorpus(shape: Shape, seed: number, act: (made: Made) => Promise<void> | void): Promise<void> {
  await using home = await recordingHome();
  await act({ folder: home.path, corpus: generateCorpus({ folder: home.path, ...SMALL[shape], shape, seed }) });
}

/** Every file with what is in it. */
function contents(folder: string): readonly string[] {
  const names = globSync("**/*.jsonl", { cwd: folder }).toSorted();
  return names.map(
    (name) =>
      `${name} ${createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex")}`,
  );
}

test.each(SHAPES)("[SPD-1] the same seed makes the same %s recordings, another seed others", async (shape) => {
  const made: (readonly string[])[] = [];
  for (const seed of [1, 1, 2]) await withCorpus(shape, seed, ({ folder }) => void made.push(contents(folder)));
  const [first, again, other] = made;
  expect(first).not.toEqual([]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test.each(SHAPES)("[SPD-1] files, lines and bytes of %s recordings are as stated", async (shape) => {
  await withCorpus(shape, 1, ({ folder, corpus }) => {
    const texts = globSync("**/*.jsonl", { cwd: folder }).map((name) => readFileSync(join(folder, name)));
    const lines = texts.flatMap((text) => text.toString("utf8").trimEnd().split("\n"));
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    expect({ files: texts.length, lines: lines.length, bytes }).toEqual({
      files: corpus.files,
      lines: corpus.lines,
      bytes: corpus.bytes,
    });
  });
});

test.each(SHAPES)("[SPD-1] usage and ingest find the stated tokens in %s recordings", async (shape) => {
  await withCorpus(shape, 1, async ({ folder, corpus }) => {
    const direct = await usageReport(
      { by: "day", since: null },
      {
        recordings: diskRecordings(),
        paths: [folder],
        priceOf: priceOfRows(),
        clock: systemClock,
        signal: new AbortController().signal,
        progress: () => undefined,
      },
    );
    expect(direct).toMatchObject({ ok: true, value: { totals: { total: corpus.tokens, provenance: "measured" } } });

    await using world = await benchWorld(join(folder, "store.db"));
    const tally = await ingestAll(world, folder);
    expect(tally).toMatchObject({ files: corpus.files, bytes: corpus.bytes, unreadable: 0, problems: [] });
    expect(tally.unknownTypes.size).toBe(0);
    const stored = await world.store.read((reader) => storedUsage(reader, { by: "day", priceOf: priceOfRows() }));
    expect(stored.totals.total).toBe(corpus.tokens);
  });
});

test("[SPD-1] a corpus without an end is refused", () => {
  expect(() => generateCorpus({ folder: "/nowhere", shape: "tiny", seed: 1 })).toThrow("bytes or files");
});
