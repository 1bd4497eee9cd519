import { expect, test } from "vitest";
import { goldenLines, rawLine } from "../../../test/fakes/raw-lines.ts";
import type { CompatRow } from "./compat-row.ts";
import { compatSpine } from "./compat-spine.ts";

/** Signals of one side that fired, by name; counts of things that are no signal are left out. */
function fired(rows: readonly CompatRow[], side: "theirs" | "ours"): Record<string, unknown> {
  const facts = new Set(["sessions", "turns", "tool_calls", "approval_requests"]);
  return Object.fromEntries(
    rows.filter((row) => !facts.has(row.metric) && Boolean(row[side])).map((row) => [row.metric, row[side]]),
  );
}

function rowOf(rows: readonly CompatRow[], metric: string): CompatRow | undefined {
  return rows.find((candidate) => candidate.metric === metric);
}

test("[SIG-8] the terminal's story: three refusals, an undo and a rollback were one exec_failure and the delight zero_denial", async () => {
  const rows = await compatSpine(goldenLines("spine/terminal-abort.jsonl"));
  expect(fired(rows, "theirs")).toEqual({ exec_failure: 1, zero_denial: 1 });
  expect(fired(rows, "ours")).toEqual({ exec_failure: 1, denial_exec: 3, repeated_denial: 1, undo: 1, rollback: 1 });
  expect(rowOf(rows, "denial_exec")).toMatchObject({ theirs: 0, ours: 3, why: expect.stringContaining("abort") });
  expect(rowOf(rows, "zero_denial")).toMatchObject({ theirs: 1, ours: 0, why: expect.stringContaining("denied") });
});

test("[SIG-8] the same file with `denied` was three denials, repeated_denial and exec_failure", async () => {
  const rows = await compatSpine(goldenLines("spine/terminal-denied.jsonl"));
  expect(fired(rows, "theirs")).toEqual({ exec_failure: 1, denial_exec: 3, repeated_denial: 1 });
  expect(fired(rows, "ours")).toEqual({ exec_failure: 1, denial_exec: 3, repeated_denial: 1, undo: 1, rollback: 1 });
  expect(rowOf(rows, "denial_exec")?.why).toBe("equal");
});

test("[SIG-8] the hand-written shape gives its detector what it was written for", async () => {
  const rows = await compatSpine(goldenLines("spine/nested.jsonl"));
  expect(fired(rows, "theirs")).toEqual({
    denial_exec: 1,
    undo: 1,
    rollback: 1,
    compaction: 1,
    fast_completion: 1,
    first_attempt_success: 1,
  });
  expect(
    rows.filter((entry) => entry.theirs !== entry.ours).map((entry) => [entry.metric, entry.theirs, entry.ours]),
  ).toEqual([["tool_calls", 0, 2]]);
});

test("[SIG-8] the generated shape gives the generator's numbers", async () => {
  const rows = await compatSpine(goldenLines("spine/generated.jsonl"));
  const signals = {
    exec_failure: 1,
    patch_failure: 1,
    denial_exec: 1,
    compaction: 1,
    timeout: 1,
    truncation_warning: 1,
  };
  expect(fired(rows, "theirs")).toEqual(signals);
  expect(fired(rows, "ours")).toEqual(signals);
  expect(rowOf(rows, "tool_calls")).toMatchObject({ theirs: 2, ours: 3 });
});

test("[SIG-8] threads are judged apart and then summed: three denials in three threads are no repeated denial", async () => {
  const lines = ["nested", "generated", "terminal-denied", "flat"].flatMap((file) =>
    goldenLines(`spine/${file}.jsonl`),
  );
  const rows = await compatSpine(lines);
  expect(rowOf(rows, "sessions")).toMatchObject({ theirs: 4, ours: 4 });
  expect(rowOf(rows, "denial_exec")).toMatchObject({ theirs: 5, ours: 5 });
  expect(rowOf(rows, "repeated_denial")).toMatchObject({ theirs: 1, ours: 1 });
});

test("[SIG-8] where nobody was asked, ours says nothing about denials", async () => {
  const lines = goldenLines("spine/flat.jsonl").filter(
    (line) => !new TextDecoder().decode(line.head).includes("approval"),
  );
  expect(rowOf(await compatSpine(lines), "zero_denial")).toMatchObject({ theirs: 0, ours: null });
});

test("[SIG-8] a caller's own signals stand in for ours, and every row says why", async () => {
  const rows = await compatSpine(goldenLines("spine/flat.jsonl"), { ours: { exec_failure: 7 } });
  expect(rowOf(rows, "exec_failure")).toMatchObject({ theirs: 0, ours: 7 });
  expect(rows.every((entry) => (entry.theirs === entry.ours) === (entry.why === "equal"))).toBe(true);
});

test("[SIG-8] a patch that does not say how it went was a success to them; one that says nothing true was none", async () => {
  const ends = [{}, { success: true }, { success: false }, { success: null }].map((says, index) =>
    rawLine(
      JSON.stringify({
        thread_id: "t",
        type: "event",
        payload: { id: "u", msg: { type: "patch_apply_end", call_id: `p${index}`, ...says } },
      }),
    ),
  );
  expect(rowOf(await compatSpine(ends), "patch_failure")).toMatchObject({ theirs: 2, ours: 1 });
});
