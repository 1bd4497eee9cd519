import { aTrace } from "../session-trace.ts";
import type { CasesByCategory } from "./cases.ts";

/** What went well. */
export const DELIGHT_CASES: CasesByCategory = {
  fast_completion: {
    has: {
      "one turn": aTrace().user("x").runs("ls"),
      recovered: aTrace().user("x").runs("npm test", { exit: 1 }).patches({ a: "update" }).runs("npm test"),
      "only a patch": aTrace().user("x").patches({ a: "update" }),
      "a compaction is no turn": aTrace()
        .user("a")
        .turn()
        .user("b")
        .turn()
        .user("c")
        .runs("ls")
        .turn({ kind: "compaction" }),
    },
    not: {
      "last command failed": aTrace().user("x").runs("ls").runs("npm test", { exit: 1 }),
      "last patch refused": aTrace().user("x").runs("ls").patches({ a: "update" }, { outcome: "denied_by_user" }),
      "nothing ran": aTrace().user("x").agent("y"),
      "broke off": aTrace().runs("ls").breaksOff(),
      failed: aTrace().runs("ls").ends("failed", "usage_limit_exceeded"),
      "four turns": aTrace().runs("ls").turn().runs("ls").turn().runs("ls").turn().runs("ls"),
    },
  },
  zero_denial: {
    has: {
      "on record": aTrace().asks("c", "approved").runs("git push", { id: "c" }),
      "an escalated call ran": aTrace().runs("git push", { escalated: true }),
    },
    not: {
      "nobody was asked": aTrace().runs("ls"),
      "asked, not answered": aTrace().marks("approval_asked", "exec", { call: "c" }),
      "policy never": aTrace().turn({ approvalPolicy: "never" }).runs("git push", { escalated: true }),
      "a rule answered": aTrace().runs("git push", { escalated: true, outcome: "rejected_by_policy" }),
      "one no": aTrace()
        .asks("c", "approved")
        .runs("git push", { id: "c" })
        .runs("rm x", { outcome: "denied_by_user" }),
    },
  },
  first_attempt_success: {
    has: { "all zero": aTrace().runs("ls").runs("npm test") },
    not: {
      "one failed": aTrace().runs("ls").runs("npm test", { exit: 1 }),
      "a nested one failed": aTrace()
        .runs("ls")
        .calls("exec", { id: "cell" })
        .runs("npm test", { exit: 1, inside: "cell" }),
      "nothing ran": aTrace().patches({ a: "update" }),
      "a patch failed": aTrace().runs("ls").patches({ a: "update" }, { outcome: "failed" }),
      "a refusal": aTrace().runs("ls").patches({ a: "update" }, { outcome: "denied_by_user" }),
      "a rule said no": aTrace().runs("ls").runs("git push", { outcome: "rejected_by_policy" }),
      "not ended": aTrace().runs("ls").runs("sleep 60", { outcome: "unfinished" }),
      "the turn failed": aTrace().runs("ls").ends("failed", "server_overloaded"),
    },
  },
};
