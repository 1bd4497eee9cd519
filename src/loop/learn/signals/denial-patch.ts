import { denialsOf } from "../../../policy/approvals/questions.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const denialPatch: SignalRule = {
  category: "denial_patch",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition: "A person said no to a patch: denied, declined, cancelled or aborted when asked.",
  source: "predecessor",
  find: (trace) =>
    denialsOf(trace)
      .filter((denial) => denial.kind === "patch")
      .map((denial) => findingAt(denial, say`a person refused ${named(denial.call?.family ?? "a patch")}`)),
};
