import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import { parseInstant } from "../../model/time.ts";
import { gitOf, UNKNOWN_SESSION } from "../session-parts.ts";
import { lacking, type ReadPayload } from "./payload.ts";

/** `session_meta`, the first line since envelopes exist. */
export const readSessionMeta: ReadPayload = (meta, at) => {
  const id = stringAt(meta, "id");
  if (id === null) return lacking("id");
  return [
    {
      ...UNKNOWN_SESSION,
      at,
      id,
      rootId: stringAt(meta, "session_id"),
      parentId: stringAt(meta, "parent_thread_id") ?? spawnedBy(meta["source"]),
      forkedFromId: stringAt(meta, "forked_from_id"),
      revertsFromOrdinal: revertsFrom(id, meta["history_base"]),
      cliVersion: stringAt(meta, "cli_version"),
      originator: stringAt(meta, "originator"),
      cwd: stringAt(meta, "cwd"),
      git: gitOf(objectAt(meta, "git")),
      startedAt: parseInstant(stringAt(meta, "timestamp")),
    },
  ];
};

/** The first line of Codex up to 0.27: `{id, timestamp, instructions, git}`. */
export const readBareSession: ReadPayload = (line) => {
  const id = stringAt(line, "id");
  if (id === null) return lacking("id");
  const startedAt = parseInstant(stringAt(line, "timestamp"));
  return [{ ...UNKNOWN_SESSION, at: startedAt, id, startedAt, git: gitOf(objectAt(line, "git")), timeless: true }];
};

/** A file whose history builds on its own thread is what a revert started: later ordinals of the older file are void. */
function revertsFrom(id: string, base: unknown): number | null {
  return stringAt(base, "thread_id") === id ? numberAt(base, "end_ordinal_exclusive") : null;
}

function spawnedBy(source: unknown): string | null {
  return stringAt(objectAt(objectAt(source, "subagent"), "thread_spawn"), "parent_thread_id");
}
