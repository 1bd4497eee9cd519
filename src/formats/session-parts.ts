import { stringAt } from "../kit/json.ts";
import type { SessionRecord } from "./record.ts";

/** A session of which nothing is known yet. */
export const UNKNOWN_SESSION: SessionRecord = {
  kind: "session",
  at: null,
  id: "",
  rootId: null,
  parentId: null,
  forkedFromId: null,
  revertsFromOrdinal: null,
  cliVersion: null,
  originator: null,
  cwd: null,
  git: null,
  startedAt: null,
  timeless: false,
};

/** `{commit_hash, branch, repository_url}`, as rollouts and spines both write it; `null` where there is none. */
export function gitOf(git: Record<string, unknown> | null): SessionRecord["git"] {
  if (git === null) return null;
  return {
    commit: stringAt(git, "commit_hash"),
    branch: stringAt(git, "branch"),
    url: stringAt(git, "repository_url"),
  };
}
