import { type Environment, loadConfig } from "../config/load-config.ts";
import { machineSources } from "../config/environment.ts";
import type { Clock } from "../kit/clock.ts";
import type { Random } from "../kit/random.ts";
import { findSessionIds } from "../store/sessions/find-session-ids.ts";
import { openStore } from "./store.ts";

export interface SessionIdsSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** The path that the command line names, if any. */
  readonly store: string | null;
  readonly environment: Environment;
}

/** Ids of sessions that begin with `start`, for shell completion: says nothing where there is no store. */
export async function sessionIds(start: string, around: SessionIdsSurroundings): Promise<readonly string[]> {
  const config = await loadConfig(machineSources({ store: around.store ?? undefined }, around.environment));
  if (!config.ok) return [];
  const opened = await openStore(config.value, { ...around, mode: "read" });
  if (!opened.ok) return [];
  await using store = opened.value;
  return await store.read((reader) => findSessionIds(reader, { start, limit: 50 }));
}
