import { type Environment, loadConfig } from "../config/load-config.ts";
import { machineSources } from "../config/environment.ts";
import type { Clock } from "../kit/clock.ts";
import type { Random } from "../kit/random.ts";
import { findApprovalIds } from "../store/approvals/find-approval-ids.ts";
import { findAttemptIds } from "../store/attempts/find-attempt-ids.ts";
import { findIdeaIds } from "../store/ideas/find-idea-ids.ts";
import { findSessionIds } from "../store/sessions/find-session-ids.ts";
import type { Reader } from "../store/store.ts";
import { openStore } from "./store.ts";

/** What an id can be of where one is typed. */
export type IdNoun = "session" | "idea" | "run" | "approval";

export interface LiveIdsSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** The path that the command line names, if any. */
  readonly store: string | null;
  readonly environment: Environment;
}

type Find = (reader: Reader, wish: { readonly start: string; readonly limit: number }) => Promise<readonly string[]>;

const FINDS: Readonly<Record<IdNoun, Find>> = {
  session: findSessionIds,
  idea: findIdeaIds,
  run: findAttemptIds,
  approval: findApprovalIds,
};

/** Ids that begin with `start`, for shell completion: says nothing where there is no store. */
export async function liveIds(noun: IdNoun, start: string, around: LiveIdsSurroundings): Promise<readonly string[]> {
  const config = await loadConfig(machineSources({ store: around.store ?? undefined }, around.environment));
  if (!config.ok) return [];
  const opened = await openStore(config.value, { ...around, mode: "read" });
  if (!opened.ok) return [];
  await using store = opened.value;
  return await store.read((reader) => FINDS[noun](reader, { start, limit: 50 }));
}
