import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import { parseInstant } from "../../model/time.ts";
import type { SessionRecord } from "../record.ts";
import { lacking, type ReadPayload } from "./payload.ts";

/** `session_meta`, the first line since envelopes exist. */
export const readSessionMeta: ReadPayload = (meta, at) => {
  const id = stringAt(meta, "id");
  if (id === null) return lacking("id");
  const git = objectAt(meta, "git");
  return [
    {
      ...UNKNOWN,
      at,
      id,
      rootId: stringAt(meta, "session_id"),
      parentId: stringAt(meta, "parent_thread_id") ?? spawnedBy(meta["source"]),
      forkedFromId: stringAt(meta, "forked_from_id"),
      revertsFromOrdinal: revertsFrom(id, meta["history_base"]),
      cliVersion: stringAt(meta, "cli_version"),
      originator: stringAt(meta, "originator"),
      cwd: stringAt(meta, "cwd"),
      git: git === null ? null : gitOf(git),
      startedAt: parseInstant(stringAt(meta, "timestamp")),
    },
  ];
};

/** The first line of Codex up to 0.27: `{id, timestamp, instructions, git}`. */
export const readBareSession: ReadPayload = (line) => {
  const id = stringAt(line, "id");
  if (id === null) return lacking("id");
  const git = objectAt(line, "git");
  const startedAt = parseInstant(stringAt(line, "timestamp"));
  return [{ ...UNKNOWN, at: startedAt, id, startedAt, git: git === null ? null : gitOf(git), timeless: true }];
};

/** A session of which nothing is known yet. */
export const UNKNOWN: SessionRecord = {
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

function gitOf(git: Record<string, unknown>): NonNullable<SessionRecord["git"]> {
  return {
    commit: stringAt(git, "commit_hash"),
    branch: stringAt(git, "branch"),
    url: stringAt(git, "repository_url"),
  };
}

/** A file whose history builds on its own thread is what a revert started: later ordinals of the older file are void. */
function revertsFrom(id: string, base: unknown): number | null {
  return stringAt(base, "thread_id") === id ? numberAt(base, "end_ordinal_exclusive") : null;
}

function spawnedBy(source: unknown): string | null {
  return stringAt(objectAt(objectAt(source, "subagent"), "thread_spawn"), "parent_thread_id");
}
