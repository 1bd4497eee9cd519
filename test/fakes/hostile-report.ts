import type { Report } from "../../src/views/shapes/report.ts";

/** What a recording may hold: it tries to leave its cell, its line, the table, the page and the terminal's colours. */
export const HOSTILE: string =
  "a | b\n| c\t<img src=x onerror=alert(1)> [x](javascript:alert(1)) `code` @team https://example.com \u001B[2J\u001B[31mred \u202Egnp.exe";

/** A report over few sessions whose foreign words are all hostile. */
export const HOSTILE_REPORT: Report = {
  generated_at: "2026-11-21T10:00:00.000Z",
  sample_data: true,
  sessions: 12,
  sessions_with_friction: { kind: "rate", value: 0.75, n: 12 },
  call_failure_rate: { kind: "insufficient_data", n: 3, needed: 10 },
  period: { from: "2026-11-20T02:19:00.000Z", to: "2026-11-20T02:42:00.000Z" },
  tokens: {
    total: 255_170,
    input: 250_010,
    cached_input: 84_992,
    output: 5160,
    reasoning: 180,
    provenance: "measured",
  },
  signals: {
    friction: 3,
    delight: 1,
    by_category: { exec_failure: 3, fast_completion: 1 },
    categories: [
      { category: "exec_failure", type: "friction", count: 3, sessions: 2, severity: 0.5 },
      { category: "fast_completion", type: "delight", count: 1, sessions: 1, severity: 0.2 },
    ],
  },
  friction_cost: [
    {
      category: "exec_failure",
      family: HOSTILE,
      tokens: 44_000,
      minutes: 0.15,
      usd: null,
      times: 2,
      sessions: 2,
      recovered: 1,
      provenance: "measured",
      evidence: [
        {
          session_id: "01a1f6cd-dbca-7e60-95e5-cd4b5128cfe5",
          signal_id: "s1",
          call_id: "call_1",
          segment: "rollout-1.jsonl",
          line: 10,
          seq: 10,
          excerpt: HOSTILE,
        },
      ],
    },
  ],
  friction_cost_total: { tokens: 44_000, minutes: 0.15, usd: null, share_of_tokens: 0.17 },
  clusters: [],
  embedder: null,
  unreadable: 2,
};
