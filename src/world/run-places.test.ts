import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../config/load-config.ts";
import { ok } from "../kit/result.ts";
import type { Settings } from "../config/options.ts";
import { runPlaces } from "./run-places.ts";

async function settingsOf(env: Readonly<Record<string, string>>): Promise<Settings> {
  const sources = { flags: {}, env, cwd: "/srv", userHome: "/home/ada", readFile: () => Promise.resolve(ok(null)) };
  const config = await loadConfig(sources);
  if (!config.ok) throw new Error(config.failure.message);
  return config.value.settings;
}

test("[RUN-4] hidden: our home, the Codex home, the folder of the store wherever it is, the person's home", async () => {
  const settings = await settingsOf({ CODEX_LOOP_HOME: "/data/loop", CODEX_HOME: "/data/codex" });
  const { hidden } = runPlaces({ ...settings, store: "/data/kept/store.db" });
  expect(hidden).toEqual(expect.arrayContaining(["/data/loop", "/data/codex", "/data/kept"]));
  expect(hidden).toContain(process.env["HOME"]);
});

test.each(["/store.db", "/srv/store.db"])(
  "[RUN-4] a store at the top of the system does not hide the system: %s",
  async (store) => {
    const { hidden } = runPlaces({ ...(await settingsOf({})), store });
    expect(hidden).toEqual(expect.arrayContaining([store, `${store}-wal`, `${store}-shm`]));
    expect(hidden).not.toContain("/");
    expect(hidden).not.toContain("/srv");
  },
);

test("[RUN-3] attempts stand on real folders, also where ours is a link, and before it is made", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "run-places-")));
  symlinkSync(root, join(root, "link"));
  const { attempts } = runPlaces(await settingsOf({ CODEX_LOOP_HOME: join(root, "link/loop/home") }));
  expect(attempts).toBe(join(root, "loop/home/attempts"));
  rmSync(root, { recursive: true });
});
