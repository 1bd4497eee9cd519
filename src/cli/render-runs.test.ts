import { expect, test } from "vitest";
import type { IdeaDetail, IdeaRow } from "../views/shapes/idea.ts";
import type { RunRow } from "../views/shapes/run.ts";
import { Output } from "./output.ts";
import { renderIdea, renderIdeas } from "./render-ideas.ts";
import { renderRuns } from "./render-runs.ts";

const stream = { write: () => true };
const globals = { json: false, store: null, quiet: false, debug: false, color: false } as const;
const OUTPUT = new Output({ stdout: stream, stderr: stream, globals, environment: {} });

type Figures = Pick<RunRow, "id" | "simulated" | "provenance" | "usd" | "tokens">;

const ROWS: readonly Figures[] = [
  { id: "played", simulated: true, provenance: "simulated", usd: 0.59, tokens: 900 },
  { id: "guessed", simulated: false, provenance: "estimated", usd: 0.59, tokens: 900 },
  { id: "counted", simulated: false, provenance: "measured", usd: 0.59, tokens: 900 },
  { id: "nothing", simulated: false, provenance: "estimated", usd: null, tokens: null },
];

/** What a line is made of; the rest of the shape plays no part. */
function run(figures: Figures): RunRow {
  const when = { queued_at: "2026-11-21T10:00:00.000Z", started_at: null, ended_at: null };
  const rest = { state: "running", outcome: null, failure_code: null, agent: "codex", title: "Mend it", waiting: 0 };
  return { ...figures, ...when, ...rest } as unknown as RunRow;
}

function idea({ id, simulated, ...spend }: Figures): IdeaRow {
  const rest = { state: "running_tasks", created_at: "2026-11-21T10:00:00.000Z", title: "Mend it", attempts: [] };
  return { id, simulated, spend, ...rest } as unknown as IdeaRow;
}

function detail(change: Partial<IdeaDetail>): IdeaDetail {
  const lists = { tasks: [], approvals: [], changes: [], attempts: [] };
  const rest = { agent: "codex", repository: "/r", target_branch: "main", reason: null, detail: null };
  const figures = { id: "i", simulated: false, provenance: "measured", usd: 0.59, tokens: 900 } as const;
  return { ...idea(figures), ...lists, ...rest, ...change } as IdeaDetail;
}

const WORDS = ["simulated", "estimated"];

function marks(text: string): readonly (readonly string[])[] {
  return ROWS.map(({ id }) => {
    const line = text.split("\n").find((words) => words.includes(id)) ?? "";
    return WORDS.filter((word) => line.includes(word));
  });
}

test("[RUN-6] every list and text marks the figures that were not measured, and no others", () => {
  const expected = [["simulated"], ["estimated"], [], []];
  expect(marks(renderRuns(ROWS.map(run), OUTPUT))).toEqual(expected);
  expect(marks(renderIdeas(ROWS.map(idea), OUTPUT))).toEqual(expected);
  expect(marks(renderIdea(detail({ attempts: ROWS.map(run) }), OUTPUT))).toEqual(expected);
});

test("[RUN-13] a change that was approved says what brings it on, until it has gone on", () => {
  const granted = [{ action: "change", state: "granted" }] as unknown as IdeaDetail["approvals"];
  const next = "Next: codex-loop idea resume i --wait, unless codex-loop up runs";
  expect(renderIdea(detail({ state: "awaiting_approval", approvals: granted }), OUTPUT)).toContain(next);
  expect(renderIdea(detail({ state: "awaiting_approval" }), OUTPUT)).not.toContain("Next:");
  expect(renderIdea(detail({ state: "completed", approvals: granted }), OUTPUT)).not.toContain("resume");
});

test("[OPS-6] a failure code is spelled the same in every text", () => {
  const failed = detail({ state: "failed", reason: "AGENT_FAILED" });
  expect(renderIdea(failed, OUTPUT)).toContain("failed (AGENT_FAILED)");
});
