import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tidyRecords } from "../../../src/adapters/process/tidy-records.ts";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const DAY_MS = 86_400_000;

test("[OPS-5] what is kept of runners goes a day after they ended, but for logs that say something and open attempts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-tidy-"));
  try {
    const put = async (name: string, text: string, ageMs: number): Promise<void> => {
      await writeFile(join(folder, name), text);
      await utimes(join(folder, name), (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
    };
    await put("old-1.json", "{}", 2 * DAY_MS);
    await put("old-1.log", "", 2 * DAY_MS);
    await put("told-1.log", "it broke", 2 * DAY_MS);
    await put("open-1.json", "{}", 2 * DAY_MS);
    await put("new-1.json", "{}", 1_000);
    await tidyRecords(folder, ["open"], NOW);
    expect((await readdir(folder)).toSorted()).toEqual(["new-1.json", "open-1.json", "told-1.log"]);
    await tidyRecords(join(folder, "nowhere"), [], NOW);
  } finally {
    await rm(folder, { recursive: true });
  }
});
