import { join } from "node:path";
import type { Settings } from "../config/options.ts";
import type { RunPlaces } from "../loop/run/run-world.ts";

/** Where runs work and leave things, and what no attempt may see: all of ours, the store wherever it is, a person's Codex. */
export function runPlaces({ home, store, codex_home: codexHome }: Settings): RunPlaces {
  return {
    attempts: join(home, "attempts"),
    setupCache: join(home, "setup-cache"),
    recordings: join(home, "recordings"),
    refused: join(home, "refused"),
    hidden: [home, codexHome, store, `${store}-wal`, `${store}-shm`],
  };
}
