import type { Control, Controlled } from "../../model/control.ts";
import { controlsOver } from "../../model/control.ts";
import type { Check } from "./facts.ts";

const GUARD_OF = { paused: "pause", stopped: "stop" } as const;

export const heldBy =
  (word: Control["word"]): Check =>
  ({ controls, idea }) =>
    controlsOver(controls, idea)
      .filter((control) => control.word === word)
      .map((control) => ({
        reason: word,
        since: control.at,
        liftedBy: liftOfControl(control, idea),
        guard: GUARD_OF[word],
      }));

/** The command that lifts exactly this control. */
export function liftOfControl({ scope }: Control, idea: Controlled): string {
  if (scope === "all") return "codex-loop resume";
  return scope.startsWith("idea/")
    ? `codex-loop resume --idea ${idea.id}`
    : `codex-loop resume --repo ${idea.repository}`;
}

export const policySaysNo: Check = ({ policy }) => {
  if (policy === null || policy.decision === "pass") return [];
  const rules = policy.rules.length === 0 ? "" : ` by ${policy.rules.join(", ")}`;
  const lift =
    policy.decision === "need" ? "what the rule asks for" : "a change of .codex-loop/policy.yaml on the target branch";
  return [{ reason: "policy", since: policy.at, liftedBy: `${lift} (policy says ${policy.decision}${rules})` }];
};
