import { callsWith } from "./call-friction.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const sandboxDenied: SignalRule = {
  category: "sandbox_denied",
  version: 1,
  severity: 0.4,
  detector: "mechanical",
  definition: "A command failed in a sandboxed turn with a text that only the sandbox causes.",
  source: "interface",
  find: (trace) =>
    callsWith(trace, "sandbox_denied").map((call) => findingAt(call, say`the sandbox stopped ${named(call.family)}`)),
};
