import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordingHome } from "../../../test/fakes/recording-home.ts";
import { generateCorpus } from "../generate-corpus.ts";
import { LONG_WORK_SETTINGS, runPass } from "./pass.ts";

test("[SPD-1] every pass goes over all files in a process of its own and says what it cost", async () => {
  await using home = await recordingHome();
  const codexHome = home.at("codex");
  const store = join(home.path, "store.db");
  const { files, bytes } = generateCorpus({ folder: codexHome, files: 12, shape: "tiny", seed: 1 });
  const ingest = await runPass("ingest", [codexHome, store]);
  const unchanged = await runPass("unchanged", [codexHome, store]);
  const parse = await runPass("parse", [codexHome]);
  const walk = await runPass("walk", [codexHome]);
  expect(ingest).toMatchObject({ files, bytes });
  expect(unchanged).toMatchObject({ files, bytes: 0 });
  expect(parse).toMatchObject({ files, bytes });
  expect(walk).toMatchObject({ files, bytes: 0 });
  expect(ingest.cpuSeconds).toBeGreaterThan(walk.cpuSeconds);
  expect(ingest.peakMegabytes).toBeGreaterThan(walk.peakMegabytes);
  for (const { cpuSeconds } of [ingest, unchanged, parse, walk]) expect(cpuSeconds).toBeGreaterThan(0);
});

test("[SPD-1] our passes run with the settings that the launcher gives to long work", () => {
  const launcher = readFileSync(join(import.meta.dirname, "../../../bin/codex-loop.js"), "utf8");
  const [, list = ""] = /^const MEMORY = (\[.*\]);$/mu.exec(launcher) ?? [];
  expect(JSON.parse(list)).toEqual(LONG_WORK_SETTINGS);
});
