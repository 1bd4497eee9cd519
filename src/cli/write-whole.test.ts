import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWhole } from "./write-whole.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "codex-loop-write-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function* lines(fails: boolean): AsyncGenerator<string> {
  yield "one\n";
  if (fails) throw new Error("stopped");
  yield "two\n";
}

test("[STO-8] a file that was stopped in its middle has not its name yet, and does not block the next try", async () => {
  const path = join(directory, "loop.ndjson");
  await expect(writeWhole(path, lines(true))).rejects.toThrow("stopped");
  expect(await readdir(directory)).toEqual(["loop.ndjson.part"]);
  // What a killed process left may be of any length and mode.
  await writeFile(`${path}.part`, "one\ntwo\nthree\n", { mode: 0o644 });
  await writeWhole(path, lines(false));
  expect(await readdir(directory)).toEqual(["loop.ndjson"]);
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
});
