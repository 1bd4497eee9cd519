/** An idea, its run and what it asks, as the store would give them. */
import type { AskedApproval } from "../../src/views/shapes/approval.ts";
import type { MeterRow } from "../../src/views/shapes/budget.ts";
import type { IdeaDetail } from "../../src/views/shapes/idea.ts";
import type { AttemptRow, ChangeRow, RunDetail, RunDiff, RunLog } from "../../src/views/shapes/run.ts";
import { SESSION } from "./canned-views.ts";

export const IDEA = "01a1f6cc-0000-7000-8000-0000000000a1";
export const TASK = "01a1f6cc-0000-7000-8000-0000000000b1";
export const RUN = "01a1f6cc-0000-7000-8000-0000000000c1";
export const APPROVAL = "01a1f6cc-0000-7000-8000-0000000000d1";
const HEAD = "9f2c4d1e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d";
const BASE = "1111111111111111111111111111111111111111";

function attempt(): AttemptRow {
  return {
    id: RUN,
    number: 1,
    agent: "codex",
    state: "running",
    outcome: null,
    failure_code: null,
    session_id: SESSION,
    tokens: 12_600,
    usd: 0.12,
    started_at: "2026-11-21T10:00:05.000Z",
    ended_at: null,
    provenance: "measured",
    task_id: TASK,
    role: "executor",
    model: "gpt-5.5",
    failure_detail: null,
    queued_at: "2026-11-21T10:00:00.000Z",
    base: BASE,
    head: null,
    turns: 2,
    tool_calls: 5,
    simulated: false,
  };
}

const CAPS: readonly MeterRow[] = [
  { unit: "usd", cap: 3, reserved: 0.04, spent: 0.12, unknown: 0, provenance: "measured" },
  { unit: "tokens", cap: 2_000_000, reserved: 9_000, spent: 12_600, unknown: 0, provenance: "measured" },
  { unit: "responses", cap: 200, reserved: 1, spent: 4, unknown: 0, provenance: "measured" },
  { unit: "minutes", cap: 45, reserved: 0, spent: 2.5, unknown: 0, provenance: "measured" },
  { unit: "turns", cap: 8, reserved: 0, spent: 2, unknown: 0, provenance: "measured" },
  { unit: "tool_calls", cap: 400, reserved: 0, spent: 5, unknown: 0, provenance: "measured" },
];

export const CHANGE: ChangeRow = {
  branch: "codex-loop/mend-the-checkout",
  base: BASE,
  head: HEAD,
  files: 1,
  lines: 2,
  state: "local",
  id: "01a1f6cc-0000-7000-8000-0000000000e1",
  attempt_id: RUN,
  task_id: TASK,
  target_branch: "main",
  diff_sha256: "d".repeat(64),
  simulated: false,
};

export function approval(change: Partial<AskedApproval> = {}): AskedApproval {
  return {
    id: APPROVAL,
    action: "command",
    subject: "git push origin main",
    head: null,
    rule: "ask-before-push",
    asked_at: "2026-11-21T10:02:00.000Z",
    expires_at: "2026-11-21T11:02:00.000Z",
    reason: "to share the branch",
    state: "asked",
    decided_by: null,
    decided_reason: null,
    decided_at: null,
    idea_id: IDEA,
    task_id: TASK,
    attempt_id: RUN,
    title: "Mend the checkout",
    repository: "/home/dev/shop",
    content_hash: "c".repeat(64),
    diff_sha256: null,
    simulated: false,
    ...change,
  };
}

export function runDetail(change: Partial<RunDetail> = {}): RunDetail {
  return {
    ...attempt(),
    idea_id: IDEA,
    title: "Mend the checkout",
    repository: "/home/dev/shop",
    caps: CAPS,
    waiting: 1,
    branch: "codex-loop/mend-the-checkout",
    target_branch: "main",
    deadline: "2026-11-21T10:45:05.000Z",
    stop: null,
    stop_reason: null,
    keep: false,
    role_hash: "r".repeat(64),
    prompt_hash: "p".repeat(64),
    phases: [
      { name: "queued", at: "2026-11-21T10:00:00.000Z" },
      { name: "running", at: "2026-11-21T10:00:05.000Z" },
      { name: "verifying", at: null },
      { name: "ended", at: null },
    ],
    checks: [
      {
        name: "tests",
        passed: false,
        exit_code: 1,
        seconds: 2.25,
        timed_out: false,
        command: "npm test",
        output_sha256: "o".repeat(64),
      },
    ],
    artifacts: [
      {
        name: "patch.diff",
        sha256: "d".repeat(64),
        bytes: 640,
        path: "/home/dev/.codex-loop/files/dd/d",
        absent: null,
      },
      { name: "review.md", sha256: null, bytes: null, path: null, absent: "not_asked" },
    ],
    approvals: [approval()],
    change: null,
    session_known: true,
    ...change,
  };
}

export function ideaDetail(change: Partial<IdeaDetail> = {}): IdeaDetail {
  return {
    id: IDEA,
    state: "running_tasks",
    plan: { id: "plan-1", source: "spec", hash: "h".repeat(64), created_at: "2026-11-21T10:00:00.000Z" },
    tasks: [
      {
        id: TASK,
        number: 1,
        title: "Mend the checkout",
        state: "running",
        reason: null,
        detail: null,
        head: BASE,
        not_before: null,
      },
    ],
    attempts: [attempt()],
    spend: { tokens: 12_600, usd: 0.12, responses: 4, unpriced: 0, provenance: "measured" },
    changes: [CHANGE],
    title: "Mend the checkout",
    repository: "/home/dev/shop",
    target_branch: "main",
    agent: "codex",
    reason: null,
    detail: null,
    simulated: false,
    created_at: "2026-11-21T10:00:00.000Z",
    updated_at: "2026-11-21T10:00:05.000Z",
    waiting: 1,
    way_on: null,
    state_before: null,
    spec: "# Mend the checkout\n\n## Goal\nThe tests pass.\n",
    goal: "The tests pass.",
    risk: null,
    labels: [],
    origin: "cli",
    spec_hash: "s".repeat(64),
    caps: [],
    approvals: [approval()],
    ...change,
  };
}

export const LOG: RunLog = {
  lines: [
    { number: 0, at: "2026-11-21T10:00:06.000Z", event: "phase", facts: { phase: "running" } },
    { number: 90, at: "2026-11-21T10:00:09.000Z", event: "said", facts: { text: "I look at the tests first." } },
    {
      number: 200,
      at: "2026-11-21T10:00:10.000Z",
      event: "call_started",
      facts: { callId: "call_1", tool: "shell", input: "npm test" },
    },
    {
      number: 300,
      at: "2026-11-21T10:00:13.000Z",
      event: "call_ended",
      facts: { callId: "call_1", tool: "shell", exitCode: 1, ok: false },
    },
  ],
  after: 400,
  ended: false,
};

export const DIFF: RunDiff = {
  diff: "diff --git a/src/add.mjs b/src/add.mjs\n--- a/src/add.mjs\n+++ b/src/add.mjs\n@@ -1,2 +1,2 @@\n export const add =\n-  (a, b) => a - b;\n+  (a, b) => a + b;\n",
  sha256: "d".repeat(64),
  bytes: 160,
  cut: false,
  absent: null,
};
