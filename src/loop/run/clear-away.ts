import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Attempt } from "../../model/attempt.ts";
import type { Handled } from "../../model/handled.ts";
import { instantOf } from "../../model/time.ts";
import { listWhatIsLeft } from "./host-artifacts.ts";
import type { RunWorld } from "./run-world.ts";

const LOOK_AGAIN_MS = 1_000;

/**
 * Lists what an attempt left, also when its runner died without a word, and removes its folder. A runner that still lives
 * is not robbed of its folder: it removes it itself, or is gone soon.
 */
export async function clearAway(world: RunWorld, attempt: Attempt): Promise<Handled> {
  await listWhatIsLeft(world, attempt);
  // What was told has been kept as `run.jsonl` by then.
  await world.logs.remove(attempt.id);
  const folder = join(world.places.attempts, attempt.id);
  if (attempt.keep) return { kind: "done" };
  if ((await isThere(folder)) && attempt.holder !== null && !world.isDead(attempt.holder))
    return { kind: "again", at: instantOf(world.clock.now() + LOOK_AGAIN_MS) };
  await world.removeFolder(folder);
  return { kind: "done" };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
