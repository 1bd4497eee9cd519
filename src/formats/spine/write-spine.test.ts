import { expect, test } from "vitest";
import { fullTrace } from "../../../test/fakes/full-trace.ts";
import { type Files, filesOf } from "../../../test/fakes/written-files.ts";
import { sha256 } from "../../kit/hash.ts";
import { instantOf } from "../../model/time.ts";
import type { SessionTrace } from "../../model/trace.ts";
import { recordsOfSession } from "./records-of-session.ts";
import type { SegmentMeta } from "./spine-words.ts";
import { validateSpine } from "./validate-spine.ts";
import { writeBundle } from "./write-bundle.ts";
import { writeSpine } from "./write-spine.ts";

const AT = instantOf(Date.parse("2026-11-20T03:00:00.000Z"));

function bundleOf(trace: SessionTrace): Promise<Files> {
  const rolloutPaths = trace.segments.map((segment) => segment.path);
  return filesOf(writeBundle(recordsOfSession(trace), { threadId: trace.session.id, at: AT, rolloutPaths }));
}

function check(files: Files, stem: string): ReturnType<typeof validateSpine> {
  return validateSpine(bytesOf(files[`${stem}.jsonl`] ?? ""), files[`${stem}.meta.json`] ?? null);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function metaOf(files: Files, stem: string): SegmentMeta {
  return JSON.parse(files[`${stem}.meta.json`] ?? "") as SegmentMeta;
}

test("[TRC-13] a bundle is what it was", async () => {
  const files = await bundleOf(fullTrace());
  expect(Object.keys(files)).toEqual(["spine/segment-000.jsonl", "spine/segment-000.meta.json", "bundle.json"]);
  for (const [path, text] of Object.entries(files)) {
    await expect(text).toMatchFileSnapshot(`../../../test/golden/spine/written/${path}`);
  }
});

test("[TRC-13] a bundle we write is valid, and its meta says what its bytes are", async () => {
  const files = await bundleOf(fullTrace());
  const segment = files["spine/segment-000.jsonl"] ?? "";
  const lines = segment.trimEnd().split("\n");
  expect(await check(files, "spine/segment-000")).toMatchObject({ valid: true, errors: [], records: lines.length });
  expect(metaOf(files, "spine/segment-000")).toEqual({
    schema_version: "codex_trace_spine_v1",
    thread_id: "thread-1",
    segment_index: 0,
    min_seq: 1,
    max_seq: lines.length,
    record_count: lines.length,
    bytes: Buffer.byteLength(segment),
    sha256: sha256(segment),
    created_at: AT,
    closed_at: AT,
  });
});

test("[TRC-13] a segment is closed at its limit and the numbers go on in the next", async () => {
  const records = recordsOfSession(fullTrace());
  const byRecords = await filesOf(writeSpine(records, { threadId: "t", at: AT, limits: { records: 10, bytes: 1e9 } }));
  const metas = [0, 1, 2, 3, 4].map((index) => metaOf(byRecords, `segment-00${index}`));
  expect(metas.map((meta) => [meta.segment_index, meta.min_seq, meta.max_seq])).toEqual([
    [0, 1, 10],
    [1, 11, 20],
    [2, 21, 30],
    [3, 31, 40],
    [4, 41, 41],
  ]);
  for (const index of [0, 1, 2, 3, 4])
    expect(await check(byRecords, `segment-00${index}`)).toMatchObject({ valid: true });

  const byBytes = await filesOf(writeSpine(records, { threadId: "t", at: AT, limits: { records: 1e9, bytes: 4_000 } }));
  const sizes = Object.keys(byBytes)
    .filter((path) => path.endsWith(".meta.json"))
    .map((path) => metaOf(byBytes, path.slice(0, -10)).bytes);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.slice(0, -1).every((bytes) => bytes >= 4_000 && bytes < 5_000)).toBe(true);
});

test("[TRC-13] nothing to write makes no empty segment", async () => {
  expect(await filesOf(writeSpine([{ kind: "ignored", type: "x" }], { threadId: "t", at: AT }))).toEqual({});
});
