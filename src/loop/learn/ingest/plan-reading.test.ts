import { expect, test } from "vitest";
import { idOf } from "../../../model/ids.ts";
import type { RecordingFile } from "../../../ports/recordings.ts";
import type { CursorFacts } from "../../../store/ingest/list-ingest-cursors.ts";
import { PARSER_VERSION, planReading } from "./plan-reading.ts";

const FILE: RecordingFile = {
  path: "/codex/sessions/rollout-a.jsonl",
  name: idOf.segment("rollout-a.jsonl"),
  size: 100,
  mtimeMs: 7,
  inode: "1",
};

const CURSOR: CursorFacts = {
  path: FILE.path,
  size: FILE.size,
  mtimeMs: FILE.mtimeMs,
  inode: FILE.inode,
  offset: 100,
  lines: 3,
  prefixHash: "hash",
  parserVersion: PARSER_VERSION,
  sessionId: null,
  segment: FILE.name,
};

const plan = (file: Partial<RecordingFile>, cursor: Partial<CursorFacts> = {}) =>
  planReading([{ ...FILE, ...file }], { cursors: [{ ...CURSOR, ...cursor }], named: new Set() });

test("[TRC-7] a file is passed over only when size, time, inode and parser version are all as they were", () => {
  expect(plan({})).toEqual({ tasks: [], unchanged: 1, bytes: 0 });
  for (const file of [{ size: 101 }, { mtimeMs: 8 }, { inode: "2" }]) {
    expect(plan(file), JSON.stringify(file)).toMatchObject({ tasks: [{ goesOn: true }], unchanged: 0 });
  }
  expect(plan({}, { parserVersion: PARSER_VERSION - 1 })).toMatchObject({ tasks: [{ goesOn: false, bytes: 100 }] });
});

test("[TRC-7] a rollout that was moved is known by its name, another kind of file is new", () => {
  const moved = plan({ path: "/codex/archived_sessions/rollout-a.jsonl" });
  expect(moved.tasks).toMatchObject([{ cursor: { path: FILE.path }, goesOn: true, bytes: 0 }]);
  const name = idOf.segment("events.jsonl");
  expect(plan({ path: "/other/events.jsonl", name }, { segment: name }).tasks).toMatchObject([
    { cursor: null, goesOn: false, bytes: 100 },
  ]);
});
