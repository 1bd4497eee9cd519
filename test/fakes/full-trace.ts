import type { SessionTrace } from "../../src/model/trace.ts";
import { aTrace } from "./session-trace.ts";

/** One of everything a thread can hold. */
export function fullTrace(): SessionTrace {
  return aTrace("thread-1")
    .user("Fix add().\nThen test it.")
    .runs("npm test", { exit: 1, output: "1 test failed" })
    .patches({ "add.js": { kind: "update", removed: "aa", added: "bb" }, "new.js": "add" })
    .calls("mcp stub.echo", {}, '{"text":"hi"}')
    .calls("write_stdin", {}, '{"chars":"q"}')
    .calls("shell", { outcome: "denied_by_user", escalated: true, id: "call_no" }, "rm -rf build")
    .asks("call_no", "denied", 3)
    .calls("exec_command", { outcome: "sandbox_denied", exit: 1 }, "touch /etc/x")
    .responds(1_200)
    .responds(300, { provenance: "estimated" })
    .agent("Done.")
    .turn()
    .user("Take it back.")
    .marks("plan_update", "c0ffee", { count: 3 })
    .marks("warning", "output was truncated")
    .marks("stream_error", "reconnecting")
    .marks("error", "boom")
    .marks("compaction")
    .marks("undo")
    .marks("rollback", "", { count: 1 })
    .runs("sleep 9", { outcome: "unfinished" })
    .ends("interrupted")
    .turn()
    .user("And again.")
    .ends("failed", "usage_limit_exceeded")
    .turn({ kind: "compaction" })
    .build();
}
