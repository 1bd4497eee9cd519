import { callsWith } from "./call-friction.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const execFailure: SignalRule = {
  category: "exec_failure",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition: "A command ran and exited with something other than 0, whatever the reason, unless the sandbox was it.",
  source: "predecessor",
  find: (trace) =>
    callsWith(trace, "exec_failure").map((call) =>
      findingAt(
        call,
        call.exitCode === null
          ? say`${named(call.family)} failed without an exit code`
          : say`${named(call.family)} exited with ${call.exitCode}`,
      ),
    ),
};
