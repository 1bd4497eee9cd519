import { callsWith } from "./call-friction.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const patchFailure: SignalRule = {
  category: "patch_failure",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition: "A patch did not apply, whether it came as a tool call or through a shell.",
  source: "predecessor",
  find: (trace) =>
    callsWith(trace, "patch_failure").map((call) => {
      const [change] = call.changes;
      return findingAt(
        call,
        change === undefined ? say`a patch did not apply` : say`a patch to ${named(change.path)} did not apply`,
      );
    }),
};
