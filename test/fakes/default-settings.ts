import { loadConfig } from "../../src/config/load-config.ts";
import type { Settings } from "../../src/config/options.ts";
import { ok } from "../../src/kit/result.ts";

/** What a person has who never set anything, with a few settings changed. */
export async function defaultSettings(changed: Partial<Settings> = {}): Promise<Settings> {
  const loaded = await loadConfig({
    flags: {},
    env: {},
    cwd: "/project",
    userHome: "/home/ada",
    readFile: () => Promise.resolve(ok(null)),
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return { ...loaded.value.settings, ...changed };
}
