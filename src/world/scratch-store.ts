import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../adapters/sqlite/open-sqlite.ts";
import type { Clock } from "../kit/clock.ts";
import type { Random } from "../kit/random.ts";
import { FailureError } from "../model/failure.ts";
import type { Store } from "../store/store.ts";

/** A new empty SQLite store in a folder of its own below the temp folder; disposing of it removes the folder. */
export async function scratchStore(clock: Clock, random: Random): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-scratch-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const opened = await openSqlite({ path: join(folder, "store.db"), clock, random });
  if (!opened.ok) {
    await remove();
    throw new FailureError(opened.failure);
  }
  const store = opened.value;
  const close = store[Symbol.asyncDispose].bind(store);
  store[Symbol.asyncDispose] = async () => {
    await close();
    await remove();
  };
  return store;
}
