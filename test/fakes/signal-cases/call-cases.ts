import { fileChanges } from "../session-rows.ts";
import { aTrace } from "../session-trace.ts";
import type { CasesByCategory } from "./cases.ts";

/** What single calls show. */
export const CALL_CASES: CasesByCategory = {
  exec_failure: {
    has: {
      "exit 1": aTrace().runs("npm test", { exit: 1 }),
      killed: aTrace().runs("npm test", { exit: -1 }),
      "nested in a cell that went well": aTrace()
        .calls("exec", { id: "cell" })
        .runs("npm test", { exit: 1, inside: "cell" }),
      "a command that also patched": aTrace().runs("npm test", {
        exit: 1,
        changes: fileChanges({ a: { kind: "add", removed: null, added: "1" } }),
      }),
    },
    not: {
      "exit 0": aTrace().runs("npm test"),
      "a cell": aTrace().calls("exec", { outcome: "failed" }),
      "the sandbox": aTrace().runs("curl x", { exit: 1, outcome: "sandbox_denied" }),
      "a patch with an exit code": aTrace().patches({ "a.js": "update" }, { exit: 1, outcome: "failed" }),
      "still running": aTrace().runs("sleep 9", { outcome: "running" }),
    },
  },
  sandbox_denied: {
    has: { "read-only file system": aTrace().runs("touch /x", { exit: 1, outcome: "sandbox_denied" }) },
    not: { "plain failure": aTrace().runs("touch /x", { exit: 1, output: "Permission denied" }) },
  },
  patch_failure: {
    has: {
      "verification failed": aTrace().patches({ "a.js": "update" }, { outcome: "failed" }),
      "a here-document": aTrace().runs("apply_patch <<'EOF'", { outcome: "failed" }),
    },
    not: {
      applied: aTrace().patches({ "a.js": "update" }),
      refused: aTrace().patches({ "a.js": "update" }, { outcome: "denied_by_user" }),
    },
  },
  tool_failure: {
    has: {
      "an MCP tool": aTrace().calls("mcp stub.fail", { outcome: "failed" }),
      "unknown tool": aTrace().calls("no_such_tool", { outcome: "tool_error" }),
      "arguments nobody can read": aTrace().runs("?", { outcome: "tool_error" }),
      "a failed cell": aTrace().calls("exec", { outcome: "failed" }),
    },
    not: {
      "a failed command": aTrace().runs("false", { exit: 1 }),
      "an MCP tool that worked": aTrace().calls("mcp stub.echo"),
    },
  },
  policy_rejection: {
    has: {
      "a rule": aTrace().runs("git push", { outcome: "rejected_by_policy" }),
      "a hook": aTrace().runs("git push", { outcome: "blocked_by_hook" }),
    },
    not: { "a person": aTrace().runs("git push", { outcome: "denied_by_user" }) },
  },
  denial_exec: {
    has: {
      denied: aTrace().runs("rm -rf x", { outcome: "denied_by_user", escalated: true }),
      "aborted at the question": aTrace().runs("rm -rf x", { outcome: "aborted", escalated: true }),
      "cancelled on record": aTrace().runs("rm -rf x", { outcome: "aborted", id: "c" }).asks("c", "cancel"),
      "declined, call never begun": aTrace().asks("never_begun", "decline"),
      "answered no, never ended": aTrace().runs("rm -rf x", { outcome: "unfinished", id: "c" }).asks("c", "abort"),
    },
    not: {
      "interrupted while it ran": aTrace().runs("sleep 9", { outcome: "aborted" }).ends("interrupted"),
      "interrupted after a yes": aTrace()
        .asks("c", "approved")
        .runs("sleep 9", { outcome: "aborted", escalated: true, id: "c" }),
      "nobody is asked": aTrace()
        .turn({ approvalPolicy: "never" })
        .runs("sleep 9", { outcome: "aborted", escalated: true }),
      "a rule": aTrace().runs("git push", { outcome: "rejected_by_policy", escalated: true }),
      "no answer in time": aTrace().asks("c", "timed_out"),
      "a patch": aTrace().patches({ "a.js": "update" }, { outcome: "denied_by_user" }),
    },
  },
  denial_patch: {
    has: {
      denied: aTrace().patches({ "a.js": "update" }, { outcome: "denied_by_user" }),
      aborted: aTrace().patches({ "a.js": "update" }, { outcome: "aborted" }),
    },
    not: {
      "a command": aTrace().runs("rm x", { outcome: "denied_by_user" }),
      approved: aTrace().asks("p", "accept").patches({ "a.js": "update" }, { id: "p" }),
    },
  },
  repeated_denial: {
    has: {
      "three, not in a row": aTrace()
        .runs("rm a", { outcome: "denied_by_user" })
        .runs("ls")
        .patches({ a: "delete" }, { outcome: "denied_by_user" })
        .runs("ls")
        .runs("rm b", { outcome: "aborted", escalated: true }),
      "three aborts without calls": aTrace().asks("a", "abort").asks("b", "abort").asks("c", "abort"),
    },
    not: {
      two: aTrace().runs("rm a", { outcome: "denied_by_user" }).runs("rm a", { outcome: "denied_by_user" }),
      "two people, one rule": aTrace()
        .runs("rm a", { outcome: "denied_by_user" })
        .runs("rm a", { outcome: "denied_by_user" })
        .runs("rm a", { outcome: "rejected_by_policy" }),
      "two refusals said twice": aTrace()
        .runs("rm a", { outcome: "denied_by_user", id: "a" })
        .asks("a", "denied")
        .runs("rm b", { outcome: "denied_by_user", id: "b" })
        .asks("b", "denied"),
      "an answer that names the turn of a refused call": aTrace()
        .runs("rm a", { outcome: "denied_by_user" })
        .runs("rm b", { outcome: "denied_by_user" })
        .marks("approval_answered", "denied", { call: "turn_1" }),
    },
  },
};
