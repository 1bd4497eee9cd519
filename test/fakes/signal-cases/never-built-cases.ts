import { aTrace, type TraceBuilder } from "../session-trace.ts";
import type { CasesByCategory } from "./cases.ts";

/** Categories the predecessor declared and never built. */
export const NEVER_BUILT_CASES: CasesByCategory = {
  context_churn: {
    has: { "three reads again": reads().marks("compaction").runs("cat a").runs("cat b").runs("rg foo") },
    not: {
      "two reads again": reads().marks("compaction").runs("cat a").runs("cat b").runs("cat e"),
      "no compaction between": reads().runs("cat a").runs("cat b").runs("rg foo").marks("compaction"),
      "tests again": aTrace()
        .runs("npm a")
        .runs("npm b")
        .runs("npm c")
        .marks("compaction")
        .runs("npm a")
        .runs("npm b")
        .runs("npm c"),
    },
  },
  backtracking: {
    has: {
      "checkout of a file": aTrace().patches({ a: "update" }).runs("git checkout -- a"),
      "hard reset": aTrace().patches({ a: "update" }).runs("git reset --hard"),
      restore: aTrace().patches({ a: "update" }).runs("npm test && git restore a"),
      stash: aTrace().patches({ a: "update" }).runs("git stash"),
      "another directory": aTrace().patches({ a: "update" }).runs("git -C sub checkout ."),
    },
    not: {
      "before any edit": aTrace().runs("git checkout -- a").patches({ a: "update" }),
      "a branch": aTrace().patches({ a: "update" }).runs("git checkout main"),
      unstaging: aTrace().patches({ a: "update" }).runs("git restore --staged a"),
      "stash pop": aTrace().patches({ a: "update" }).runs("git stash pop"),
      "it failed": aTrace().patches({ a: "update" }).runs("git reset --hard", { exit: 128 }),
    },
  },
  diff_oscillation: {
    has: { "in, out, in": edits(["x", "y"], ["y", "x"], ["x", "y"]) },
    not: {
      "in, out": edits(["x", "y"], ["y", "x"]),
      "three different edits": edits(["x", "y"], ["y", "z"], ["z", "w"]),
      "another file": edits(["x", "y"], ["y", "x"]).patches({ other: { kind: "update", removed: "x", added: "y" } }),
      "the last one failed": edits(["x", "y"], ["y", "x"]).patches(
        { a: { kind: "update", removed: "x", added: "y" } },
        { outcome: "failed" },
      ),
    },
  },
  clean_plan: {
    has: {
      "made and worked off": plans(3, 3, 3),
      "from calls": aTrace()
        .calls("update_plan", {}, '{"plan":[{"step":"a"},{"step":"b"}]}')
        .calls("update_plan", {}, '{"plan":[{"step":"a"},{"step":"b"}]}'),
    },
    not: {
      "a step added": plans(3, 4),
      "steps rewritten": aTrace()
        .marks("plan_update", "0123456789abcdef", { count: 3 })
        .marks("plan_update", "fedcba9876543210", { count: 3 }),
      "made once": plans(3),
      churn: plans(3, 3, 3, 3, 3),
      "not completed": plans(3, 3).ends("interrupted"),
      "the tool failed": plans(3, 3).calls("update_plan", { outcome: "tool_error" }),
    },
  },
  rapid_approvals: {
    has: { three: aTrace().asks("a", "approved", 2).asks("b", "accept", 15).asks("c", "approved_for_session", 1) },
    not: {
      two: aTrace().asks("a", "approved").asks("b", "approved"),
      "one slow": aTrace().asks("a", "approved").asks("b", "approved", 16).asks("c", "approved"),
      "one no": aTrace().asks("a", "approved").asks("b", "denied").asks("c", "approved"),
      "one unanswered": aTrace()
        .asks("a", "approved")
        .asks("b", "approved")
        .asks("c", "approved")
        .marks("approval_asked", "exec", { call: "d" }),
    },
  },
  platform_confusion: {
    has: {
      "another system's programs": aTrace()
        .runs("Get-ChildItem", { exit: 127, output: "sh: Get-ChildItem: command not found" })
        .runs("brew install x", { exit: 127 }),
      "another system's options": aTrace()
        .runs("sed -i s/a/b/ f", { exit: 1, output: "sed: 1: invalid command code f" })
        .runs("date -d now", { exit: 1, output: "date: illegal option -- d" }),
    },
    not: {
      one: aTrace().runs("brew install x", { exit: 127 }),
      "a typing slip": aTrace()
        .runs("nmp test", { exit: 127, output: "command not found" })
        .runs("gti", { exit: 127, output: "command not found" }),
      "they exist here": aTrace()
        .runs("brew install x", { exit: 1, output: "No formula" })
        .runs("brew install y", { exit: 1, output: "No formula" }),
    },
  },
  abandoned_tool_flow: {
    has: {
      "given up": aTrace()
        .runs("docker a", { exit: 1 })
        .runs("docker b", { exit: 1 })
        .runs("docker c", { exit: 125 })
        .runs("ls"),
    },
    not: {
      "it worked in the end": aTrace()
        .runs("docker a", { exit: 1 })
        .runs("docker b", { exit: 1 })
        .runs("docker c", { exit: 1 })
        .runs("docker d")
        .runs("ls"),
      "two attempts": aTrace().runs("docker a", { exit: 1 }).runs("docker b", { exit: 1 }).runs("ls"),
      "people said no": aTrace()
        .runs("rm a", { outcome: "denied_by_user" })
        .runs("rm b", { outcome: "denied_by_user" })
        .runs("rm c", { outcome: "denied_by_user" })
        .runs("ls"),
      "nothing else was done": aTrace()
        .runs("docker a", { exit: 1 })
        .runs("docker b", { exit: 1 })
        .runs("docker c", { exit: 1 }),
    },
  },
};

function plans(...steps: readonly number[]): TraceBuilder {
  return steps.reduce((trace, count) => trace.marks("plan_update", "plan", { count }), aTrace());
}

function reads(): TraceBuilder {
  return aTrace().runs("cat a").runs("cat b").runs("rg foo").runs("cat d");
}

function edits(...pairs: readonly (readonly [string, string])[]): TraceBuilder {
  return pairs.reduce((trace, [removed, added]) => trace.patches({ a: { kind: "update", removed, added } }), aTrace());
}
