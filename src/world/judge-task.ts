import type { Clock } from "../kit/clock.ts";
import { passGate } from "../guard/gate.ts";
import type { DispatchQuestion } from "../loop/dispatch/dispatch-world.ts";
import type { Redacted } from "../model/redacted.ts";
import { instantOf } from "../model/time.ts";
import type { DispatchVerdict } from "../policy/admission/facts.ts";
import { noFacts } from "../policy/rules/no-facts.ts";
import type { Store } from "../store/store.ts";
import type { RulesOfRepository } from "./rules-of-repository.ts";

export interface TaskJudge {
  readonly store: Store;
  readonly clock: Clock;
  readonly redact: (text: string) => Redacted;
  readonly rules: Pick<RulesOfRepository, "policyAt">;
}

/**
 * The gate `dispatch`: what the rules at the head say before there is a change to look at. Rules that cannot be read say
 * unknown, and unknown blocks.
 */
export function judgeTask({ store, clock, redact, rules }: TaskJudge) {
  return async ({ idea, task, head }: DispatchQuestion): Promise<DispatchVerdict> => {
    const at = instantOf(clock.now());
    const policy = await rules.policyAt(idea.repository, head);
    if (!policy.ok) return { decision: "unknown", rules: [], at };
    const labels = { value: idea.labels, seenAt: at, head: null };
    const facts = { ...noFacts({ gate: "dispatch", at, actor: "agent" }), head, labels };
    const ledger = { store, stamp: { actor: "dispatch", simulated: idea.simulated } };
    const question = { subject: `task/${task.id}`, policy: policy.value, facts, redact };
    const decision = await passGate(ledger, question);
    const held = decision.rules.filter(({ verdict }) => verdict !== "pass").map(({ rule }) => rule);
    return { decision: decision.decision, rules: held, at };
  };
}
