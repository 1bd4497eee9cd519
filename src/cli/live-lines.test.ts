import { expect, test } from "vitest";
import type { AskedApproval } from "../views/shapes/approval.ts";
import type { MeterRow } from "../views/shapes/budget.ts";
import type { IdeaDetail } from "../views/shapes/idea.ts";
import type { RunRow } from "../views/shapes/run.ts";
import { liveLine, newsOf } from "./live-lines.ts";

const START = Date.parse("2026-11-21T10:00:00.000Z");

function meter(unit: MeterRow["unit"], cap: number | null, spent: number | null, reserved: number = 0): MeterRow {
  return { unit, cap, spent, reserved, unknown: 0, provenance: "measured" };
}

function run(change: Partial<RunRow> = {}): RunRow {
  return {
    id: "01a1f6cc-0000-7000-8000-0000000000c1",
    number: 1,
    agent: "codex",
    state: "running",
    outcome: null,
    failure_code: null,
    session_id: null,
    tokens: 12_600,
    usd: 0.12,
    started_at: "2026-11-21T10:00:00.000Z",
    ended_at: null,
    provenance: "measured",
    task_id: "t",
    role: "executor",
    model: null,
    failure_detail: null,
    queued_at: "2026-11-21T09:59:00.000Z",
    base: "b",
    head: null,
    turns: 2,
    tool_calls: 5,
    simulated: false,
    idea_id: "i",
    title: "x",
    repository: "/r",
    caps: [meter("usd", 3, 0.12, 0.08), meter("minutes", 45, 2), meter("tokens", 100, 10)],
    waiting: 0,
    ...change,
  };
}

/** What news are made of; the rest of the shape plays no part. */
function idea(change: Partial<IdeaDetail>): IdeaDetail {
  const plain = { id: "01a1f6cc-0000-7000-8000-0000000000a1", state: "running_tasks", reason: null, detail: null };
  return { ...plain, attempts: [], approvals: [], ...change } as unknown as IdeaDetail;
}

const asked = { id: "ap1", state: "asked", action: "command", subject: "git push\u001b[2J" } as AskedApproval;

test("[JOB-4] the live line says how long, how far, what was used and what is left of money and time", () => {
  expect(liveLine(run(), START + 90_000)).toBe(
    "run 000000c1 running · 1.5 min · turn 2 · 5 calls · 13 k tokens · $2.80 left · 43.0 min left",
  );
  const early = run({ state: "queued", started_at: null, tokens: null, turns: null, tool_calls: null, caps: [] });
  expect(liveLine(early, START)).toBe("run 000000c1 queued · 1.0 min · – tokens");
  expect(liveLine(run({ waiting: 1, simulated: true, caps: [] }), START)).toMatch(/ · waits for a person · simulated$/);
});

test("[JOB-4] news are told once: moves of the idea, starts and ends of runs, and what is asked", () => {
  const first = idea({ attempts: [run()] });
  expect(newsOf(null, first)).toEqual(["idea 000000a1 running_tasks", "run 000000c1 running"]);
  expect(newsOf(first, first)).toEqual([]);
  const ended = run({ state: "ended", outcome: "failed", failure_code: "NO_CHANGE", failure_detail: "nothing" });
  const second = idea({ state: "failed", reason: "NO_CHANGE", attempts: [ended] });
  expect(newsOf(first, second)).toEqual([
    "idea 000000a1 failed (NO_CHANGE)",
    "run 000000c1 failed · 13 k tokens · $0.12: NO_CHANGE: nothing",
  ]);
});

test("[OPS-3] a question is told with the command that answers it, and steers no terminal", () => {
  const before = idea({ attempts: [run()] });
  const after = idea({ attempts: [run()], approvals: [asked] });
  expect(newsOf(before, after)).toEqual([
    "A person is asked (command): git push␛[2J",
    '  codex-loop approvals grant ap1, or deny ap1 --reason "why not"',
  ]);
  expect(newsOf(after, after)).toEqual([]);
});
