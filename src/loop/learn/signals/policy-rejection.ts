import { callsWith } from "./call-friction.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const policyRejection: SignalRule = {
  category: "policy_rejection",
  version: 1,
  severity: 0.4,
  detector: "mechanical",
  definition: "A rule or a hook said no to a call; no person was asked, so it never counts as a person's denial.",
  source: "interface",
  find: (trace) =>
    callsWith(trace, "policy_rejection").map((call) =>
      findingAt(
        call,
        call.outcome === "blocked_by_hook"
          ? say`a hook blocked ${named(call.family)}`
          : say`a rule rejected ${named(call.family)}`,
      ),
    ),
};
