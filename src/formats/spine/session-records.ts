import { objectAt, stringAt } from "../../kit/json.ts";
import { parseInstant } from "../../model/time.ts";
import type { SessionRecord } from "../record.ts";
import { gitOf, UNKNOWN_SESSION } from "../session-parts.ts";
import type { SpineLine } from "./spine-line.ts";

/** What every line says about its thread: only its id. */
export function threadRecord(threadId: string, at: SessionRecord["at"]): SessionRecord {
  return { ...UNKNOWN_SESSION, at, id: threadId };
}

/** `session_meta`, flat or nested under `meta`. */
export function sessionMeta(line: SpineLine): readonly SessionRecord[] {
  const meta = objectAt(line.payload, "meta") ?? line.payload;
  const id = line.threadId ?? stringAt(meta, "id");
  if (id === null) return [];
  const startedAt = parseInstant(stringAt(meta, "timestamp")) ?? line.at;
  return [
    {
      ...threadRecord(id, line.at),
      rootId: stringAt(meta, "root_thread_id"),
      parentId: parentOf(meta["source"]),
      forkedFromId: stringAt(meta, "forked_from_id"),
      cliVersion: stringAt(meta, "cli_version"),
      originator: stringAt(meta, "originator"),
      cwd: stringAt(meta, "cwd"),
      git: gitOf(objectAt(line.payload, "git") ?? objectAt(meta, "git")),
      startedAt,
    },
  ];
}

/** `artifact_ref` of kind `git_info`: the only place where a real spine says which commit it ran on. */
export function gitInfo(line: SpineLine): readonly SessionRecord[] {
  const git = gitOf(objectAt(line.payload, "git"));
  return git === null || line.threadId === null ? [] : [{ ...threadRecord(line.threadId, line.at), git }];
}

/** `{"subagent": {"thread_spawn": {"parent_thread_id": …}}}`; other sources have no parent. */
function parentOf(source: unknown): string | null {
  const spawn = objectAt(objectAt(source, "subagent"), "thread_spawn");
  return stringAt(spawn, "parent_thread_id");
}
