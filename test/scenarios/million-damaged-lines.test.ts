import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { ingest } from "../../src/loop/learn/ingest/ingest.ts";
import { TRACE_SOURCES } from "../../src/model/trace.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { countRows } from "../../src/store/facts/count-rows.ts";
import { GOOD_EVERY, GOOD_LINE, mutatedFiles, mutatedRecordings, type MutatedPlan } from "../fakes/mutated-lines.ts";
import { AFTER_RECORDING, scratchStore } from "../fakes/trace-of-scenario.ts";

const PLAN: MutatedPlan = { files: 500, linesPerFile: 2_000, seed: 1 };

test(
  "[TRC-9] a million damaged lines of every format: no crash, every good line counts, every unreadable one is kept",
  { timeout: 240_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "codex-loop-million-"));
    try {
      await using store = await scratchStore(join(folder, "store.db"));
      const world = {
        clock: fixedClock(AFTER_RECORDING),
        store,
        recordings: mutatedRecordings(PLAN),
        redact: redactor({ salt: "test" }),
      };
      const request = { paths: ["/mutated"], sources: TRACE_SOURCES, lookbackHours: null, sample: false };
      const done = await ingest(request, world, { signal: new AbortController().signal, progress: () => undefined });
      if (!done.ok) throw new Error(done.failure.message);
      expect(done.value.problems).toEqual([]);
      expect(done.value.unreadable).toBeGreaterThan(100_000);
      expect(await store.read((reader) => countRows(reader, "unreadable_lines"))).toBe(done.value.unreadable);
      const good = await store.read((reader) =>
        reader.db
          .selectFrom("messages")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("text", "like", `${GOOD_LINE}%`)
          .executeTakeFirstOrThrow(),
      );
      const files = mutatedFiles(PLAN).filter(({ hasGood }) => hasGood).length;
      expect(good.count).toBe(files * (PLAN.linesPerFile / GOOD_EVERY - 1));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
