/** Views as the store would give them, small and complete enough that every screen has something to show. */
import type { Report } from "../../src/views/shapes/report.ts";
import type { SessionDetail, SessionRow, TimelineRow, Tokens, ToolCallRow } from "../../src/views/shapes/session.ts";
import type { SignalRow } from "../../src/views/shapes/signal.ts";
import type { UsageReport } from "../../src/views/shapes/usage.ts";

export const SEGMENT = "rollout-2026-11-20T02-33-00-one.jsonl";
export const SESSION = "01a1f6cc-0000-7000-8000-000000000001";

export const TOKENS: Tokens = {
  total: 12_600,
  input: 12_000,
  cached_input: 8_000,
  output: 600,
  reasoning: 100,
  provenance: "measured",
};

export function sessionRow(change: Partial<SessionRow> = {}): SessionRow {
  return {
    id: SESSION,
    source: "rollout",
    cli_version: "0.169.0",
    model: "gpt-5.5",
    started_at: "2026-11-20T02:33:00.000Z",
    ended_at: "2026-11-20T02:35:00.000Z",
    outcome: "completed",
    turn_count: 1,
    tool_call_count: 2,
    friction_count: 1,
    delight_count: 1,
    tokens: TOKENS,
    parent_id: null,
    forked_from_id: null,
    cwd: "/home/dev/shop",
    git: { commit: null, branch: "main", url: null },
    title: "Make the checkout tests pass",
    sample: true,
    ...change,
  };
}

export function call(change: Partial<ToolCallRow> = {}): ToolCallRow {
  return {
    call_id: "call_1",
    parent_call_id: null,
    turn_id: "turn_1",
    tool: "exec_command",
    family: "npm test",
    input: "npm test",
    outcome: "ok",
    exit_code: 0,
    duration_ms: 2_000,
    started_at: "2026-11-20T02:33:10.000Z",
    excerpt: "",
    line: 10,
    ...change,
  };
}

export function signal(change: Partial<SignalRow> = {}): SignalRow {
  return {
    id: "sig_1",
    category: "exec_failure",
    type: "friction",
    severity: 0.6,
    session_id: SESSION,
    turn_id: "turn_1",
    call_id: "call_90",
    seq: 190,
    description: "npm exited with 1",
    detector: "mechanical",
    provenance: "measured",
    version: 1,
    sample: false,
    evidence: { segment: SEGMENT, line: 190, offset: 9000 },
    ...change,
  };
}

/** A session long enough that its evidence is far from the top: a call on every second line up to 400. */
export function sessionDetail(change: Partial<SessionDetail> = {}): SessionDetail {
  const failed = call({
    call_id: "call_90",
    outcome: "failed",
    exit_code: 1,
    excerpt: "Error: no test specified",
    line: 190,
  });
  const calls = Array.from({ length: 195 }, (_, index) => {
    const line = 10 + 2 * index;
    const started_at = new Date(Date.parse("2026-11-20T02:33:10.000Z") + 3_000 * index).toISOString();
    return line === 190
      ? { ...failed, started_at }
      : call({ call_id: `call_${index}`, input: `echo step ${index}`, line, started_at });
  });
  const turn = {
    id: "turn_1",
    outcome: "completed",
    error: null,
    kind: "task",
    reverted: false,
    model: "gpt-5.5",
    started_at: "2026-11-20T02:33:00.000Z",
    ended_at: "2026-11-20T02:35:00.000Z",
    duration_ms: 120_000,
    line: 3,
  } as const;
  const timeline: TimelineRow[] = [
    { kind: "turn", seq: 3, at: turn.started_at, turn },
    {
      kind: "message",
      seq: 5,
      at: turn.started_at,
      role: "user",
      text: "Make the checkout tests pass",
      turn_id: "turn_1",
    },
    ...calls.map((item) => ({ kind: "call" as const, seq: item.line, at: item.started_at, call: item })),
  ];
  return {
    ...sessionRow(),
    turns: [turn],
    tool_calls: calls,
    compactions: 0,
    rollbacks: 0,
    approvals: [],
    signals: [signal(), DELIGHT],
    timeline,
    segments: [{ name: SEGMENT, path: `/home/dev/.codex/sessions/${SEGMENT}`, lines: 400 }],
    ...change,
  };
}

export const DELIGHT: SignalRow = signal({
  id: "sig_2",
  category: "fast_completion",
  type: "delight",
  severity: 0.8,
  call_id: null,
  seq: 0,
  description: "completed, turns: 1",
  evidence: { segment: SEGMENT, line: 1, offset: 0 },
});

export function report(change: Partial<Report> = {}): Report {
  return {
    generated_at: "2026-11-20T03:00:00.000Z",
    sample_data: true,
    sessions: 1,
    sessions_with_friction: { kind: "insufficient_data", n: 1, needed: 20 },
    call_failure_rate: { kind: "rate", value: 0.39, n: 89 },
    period: { from: "2026-11-20T02:33:00.000Z", to: "2026-11-20T02:35:00.000Z" },
    tokens: TOKENS,
    signals: {
      friction: 1,
      delight: 1,
      by_category: { exec_failure: 1, fast_completion: 1 },
      categories: [
        { category: "exec_failure", type: "friction", count: 1, sessions: 1, severity: 0.6 },
        { category: "fast_completion", type: "delight", count: 1, sessions: 1, severity: 0.8 },
      ],
    },
    friction_cost: [
      {
        category: "exec_failure",
        family: "npm test",
        tokens: 4_200,
        minutes: 1.5,
        usd: null,
        times: 1,
        sessions: 1,
        recovered: 0,
        provenance: "measured",
        evidence: [
          {
            session_id: SESSION,
            signal_id: "sig_1",
            call_id: "call_90",
            segment: SEGMENT,
            line: 190,
            seq: 190,
            excerpt: "npm exited with 1",
          },
        ],
      },
    ],
    friction_cost_total: { tokens: 4_200, minutes: 1.5, usd: null, share_of_tokens: 0.33 },
    clusters: [],
    embedder: null,
    unreadable: 0,
    ...change,
  };
}

export const USAGE: UsageReport = {
  by: "day",
  rows: [
    {
      key: "2026-11-20",
      total: 12_600,
      input: 12_000,
      cached_input: 8_000,
      output: 600,
      reasoning: 100,
      usd: null,
      provenance: "measured",
      responses: 9,
    },
  ],
  totals: {
    total: 12_600,
    input: 12_000,
    cached_input: 8_000,
    output: 600,
    reasoning: 100,
    usd: null,
    provenance: "measured",
    responses: 9,
  },
  unpriced_models: ["gpt-5.5"],
  sessions_without_tokens: 0,
  unreadable: 0,
};
