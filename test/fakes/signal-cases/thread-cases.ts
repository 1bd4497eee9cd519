import { aTrace, type TraceBuilder } from "../session-trace.ts";
import type { CasesByCategory } from "./cases.ts";

/** What turns, the stream, the context and the files show. */
export const THREAD_CASES: CasesByCategory = {
  interrupted: {
    has: { "a turn": aTrace().user("x").ends("interrupted") },
    not: { completed: aTrace().user("x"), "broke off": aTrace().user("x").breaksOff() },
  },
  crashed: {
    has: {
      "the last turn": aTrace().runs("sleep 60", { outcome: "unfinished" }).breaksOff(),
      "an earlier turn": aTrace().user("x").ends("unfinished").turn().user("y"),
      "left running, another turn follows": aTrace().user("x").ends("running").turn().user("y"),
    },
    not: {
      running: aTrace().user("x").breaksOff("running"),
      "marked running": aTrace().user("x").ends("running"),
      interrupted: aTrace().user("x").ends("interrupted"),
      completed: aTrace().user("x"),
    },
  },
  model_error: {
    has: {
      "the server": aTrace().user("x").ends("failed", "server_overloaded"),
      "no word": aTrace().user("x").ends("failed"),
    },
    not: { "a budget": aTrace().user("x").ends("failed", "usage_limit_exceeded"), completed: aTrace().user("x") },
  },
  budget: {
    has: {
      "usage limit": aTrace().user("x").ends("failed", "usage_limit_exceeded"),
      "session budget": aTrace().user("x").ends("failed", "session_budget_exceeded"),
      "rollout budget": aTrace().user("x").ends("failed", "rollout_budget_exceeded"),
      quota: aTrace().user("x").ends("failed", "insufficient_quota"),
      "a sentence of an exec stream": aTrace()
        .user("x")
        .ends("failed", "Quota exceeded. Check your plan and billing details."),
      "camel case": aTrace().user("x").ends("failed", "usageLimitExceeded"),
    },
    not: { "another error": aTrace().user("x").ends("failed", "context_window_exceeded") },
  },
  stream_error: {
    has: { "a mark": aTrace().marks("stream_error", "disconnected") },
    not: { "an error": aTrace().marks("error", "disconnected") },
  },
  error_event: {
    has: { "an error": aTrace().marks("error", "boom") },
    not: { "a timeout": aTrace().marks("error", "request timed out"), "a warning": aTrace().marks("warning", "boom") },
  },
  timeout: {
    has: {
      timeout: aTrace().marks("error", "connection timeout"),
      "timed out": aTrace().marks("error", "Timed out after 3 s"),
    },
    not: { "another error": aTrace().marks("error", "boom") },
  },
  truncation_warning: {
    has: { truncated: aTrace().marks("warning", "Output was truncated") },
    not: { "another warning": aTrace().marks("warning", "be careful") },
  },
  compaction: { has: { one: aTrace().marks("compaction") }, not: { none: aTrace().user("x") } },
  repeated_compaction: {
    has: { two: aTrace().marks("compaction").runs("ls").marks("compaction") },
    not: { one: aTrace().marks("compaction") },
  },
  rollback: { has: { "a revert": aTrace().user("x").reverts(1) }, not: { undo: aTrace().marks("undo") } },
  undo: { has: { "a mark": aTrace().marks("undo") }, not: { rollback: aTrace().marks("rollback") } },
  file_churn: {
    has: {
      "added, deleted": aTrace().patches({ a: "add" }).patches({ a: "delete" }),
      "deleted, added": aTrace().patches({ a: "delete" }).runs("ls").patches({ a: "add" }),
    },
    not: {
      "two paths": aTrace().patches({ a: "add" }).patches({ b: "delete" }),
      "the deletion failed": aTrace().patches({ a: "add" }).patches({ a: "delete" }, { outcome: "failed" }),
      edited: aTrace().patches({ a: "add" }).patches({ a: "update" }),
    },
  },
  plan_update_churn: {
    has: { five: plans(1, 2, 3, 4, 5) },
    not: { four: plans(1, 2, 3, 4) },
  },
};

function plans(...steps: readonly number[]): TraceBuilder {
  return steps.reduce((trace, count) => trace.marks("plan_update", "plan", { count }), aTrace());
}
