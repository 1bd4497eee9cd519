import { expect, test } from "vitest";
import { aTrace, type TraceBuilder } from "../../../../test/fakes/session-trace.ts";
import { CALL_CASES } from "../../../../test/fakes/signal-cases/call-cases.ts";
import { rowsOf, type CasesByCategory } from "../../../../test/fakes/signal-cases/cases.ts";
import { DELIGHT_CASES } from "../../../../test/fakes/signal-cases/delight-cases.ts";
import { NEVER_BUILT_CASES } from "../../../../test/fakes/signal-cases/never-built-cases.ts";
import { THREAD_CASES } from "../../../../test/fakes/signal-cases/thread-cases.ts";
import { WORD_CASES } from "../../../../test/fakes/signal-cases/word-cases.ts";
import { DELIGHT_CATEGORIES, FRICTION_CATEGORIES } from "../../../model/signal.ts";
import { computeSignals } from "./compute-signals.ts";
import { SIGNAL_TABLE } from "./table.ts";

function categoriesOf(trace: TraceBuilder): ReadonlySet<string> {
  return new Set(computeSignals(trace.build()).map((signal) => signal.category));
}

const MECHANICAL: CasesByCategory = { ...CALL_CASES, ...THREAD_CASES, ...DELIGHT_CASES };

test.for(rowsOf(MECHANICAL))("[SIG-1] $category · $name → $found", ({ category, trace, found }) => {
  expect(categoriesOf(trace).has(category)).toBe(found);
});

test.for(rowsOf(NEVER_BUILT_CASES))("[SIG-2] $category · $name → $found", ({ category, trace, found }) => {
  expect(categoriesOf(trace).has(category)).toBe(found);
});

test.for(rowsOf(WORD_CASES))("[SIG-3] $category · $name → $found", ({ category, trace, found }) => {
  expect(categoriesOf(trace).has(category)).toBe(found);
});

test("[SIG-1] every category has one rule, a trace that shows it and a near miss that does not", () => {
  const all = [...FRICTION_CATEGORIES, ...DELIGHT_CATEGORIES].toSorted();
  const cases: CasesByCategory = { ...MECHANICAL, ...NEVER_BUILT_CASES, ...WORD_CASES };
  expect(SIGNAL_TABLE.map((rule) => rule.category).toSorted()).toEqual(all);
  expect(Object.keys(cases).toSorted()).toEqual(all);
  const thin = Object.entries(cases).filter(
    ([, { has, not }]) => Object.keys(has).length === 0 || Object.keys(not).length === 0,
  );
  expect(thin).toEqual([]);
});

test("[SIG-1] a call is in at most one category, however it ended and however it was asked about", () => {
  const outcomes = [
    "failed",
    "denied_by_user",
    "rejected_by_policy",
    "blocked_by_hook",
    "sandbox_denied",
    "tool_error",
    "aborted",
    "unfinished",
  ] as const;
  for (const outcome of outcomes) {
    for (const tool of ["exec_command", "apply_patch", "exec", "mcp stub.echo"]) {
      const trace = aTrace().calls(tool, { outcome, exit: 1, escalated: true, id: "c" }).asks("c", "denied");
      const perCall = computeSignals(trace.build()).filter((signal) => signal.callId === "c" && signal.seq > 0);
      expect(perCall.length, `${tool} ${outcome}`).toBeLessThanOrEqual(1);
    }
  }
});

test("[SIG-2] every definition is one sentence", () => {
  const bad = SIGNAL_TABLE.filter(({ definition }) => !/^[A-Z][^\n]{20,200}\.$/.test(definition));
  expect(bad.map((rule) => rule.category)).toEqual([]);
});

test("[SIG-3] rules over words are heuristics, so that screens show them as estimated", () => {
  const heuristics = SIGNAL_TABLE.filter((rule) => rule.detector === "heuristic").map((rule) => rule.category);
  expect(heuristics.toSorted()).toEqual([
    "abandoned_tool_flow",
    "escalation_tone",
    "platform_confusion",
    "positive_feedback",
    "repeated_rephrasing",
    "revert_in_message",
  ]);
});
