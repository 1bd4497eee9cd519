import { resolve } from "node:path";
import { ok, type Result } from "../kit/result.ts";
import type { WorkMeant } from "../loop/operate-work.ts";
import { controlScopeOf } from "../model/control.ts";
import type { Failure } from "../model/failure.ts";
import { listControls } from "../store/controls/list-controls.ts";
import type { Store } from "../store/store.ts";
import { openRepository } from "../world/repository.ts";
import { isOnCodeHost } from "./on-code-host.ts";

/** Whose work a person means; neither: everything. */
export interface ScopeFlags {
  readonly repo?: string;
  readonly idea?: string;
}

/**
 * As ideas name their repository: the top level of the working copy that the path lies in, or `OWNER/NAME`. A path that
 * leads to no repository would hold nothing back, so it is refused (`not_found`, `usage`). One that is gone still counts
 * where something is held back in its name, so that it can be lifted.
 */
export async function workMeant(store: Store, { repo, idea }: ScopeFlags): Promise<Result<WorkMeant, Failure>> {
  if (repo === undefined || idea !== undefined) return ok({ repository: null, idea: idea ?? null });
  if (isOnCodeHost(repo)) return ok({ repository: repo, idea: null });
  const path = resolve(repo);
  const facts = await openRepository().facts(path);
  if (facts.ok) return ok({ repository: facts.value.folder, idea: null });
  const controls = await store.read((reader) => listControls(reader));
  const isHeld = controls.some(({ scope }) => scope === controlScopeOf.repository(path));
  return isHeld ? ok({ repository: path, idea: null }) : facts;
}
