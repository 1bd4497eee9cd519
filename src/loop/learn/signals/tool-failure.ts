import { callsWith } from "./call-friction.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const toolFailure: SignalRule = {
  category: "tool_failure",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition:
    "A tool other than shell and patch failed, was unknown, got arguments it could not read, or a code cell failed.",
  source: "interface",
  find: (trace) =>
    callsWith(trace, "tool_failure").map((call) =>
      findingAt(
        call,
        call.outcome === "tool_error" ? say`${named(call.tool)} could not be called` : say`${named(call.tool)} failed`,
      ),
    ),
};
