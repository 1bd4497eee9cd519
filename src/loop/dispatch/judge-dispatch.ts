import { passGate } from "../../guard/gate.ts";
import type { Clock } from "../../kit/clock.ts";
import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { EARLY_GATES, type Decision, type Fact, type Facts, type Gate } from "../../model/policy.ts";
import type { Profile } from "../../model/profile.ts";
import type { Redacted } from "../../model/redacted.ts";
import { instantOf } from "../../model/time.ts";
import type { DispatchVerdict } from "../../policy/admission/facts.ts";
import type { CompiledPolicy } from "../../policy/rules/compile-policy.ts";
import { strongestWord } from "../../policy/rules/finding.ts";
import { judge } from "../../policy/rules/judge.ts";
import { noFacts } from "../../policy/rules/no-facts.ts";
import type { Store } from "../../store/store.ts";
import type { DispatchQuestion } from "./dispatch-world.ts";

export interface JudgeWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly profileAt: (folder: string, commit: string) => Promise<Result<Profile, Failure>>;
  readonly policyAt: (folder: string, commit: string) => Promise<Result<CompiledPolicy, Failure>>;
  readonly redact: (text: string) => Redacted;
}

/**
 * What policy says before an attempt starts, at the gates `admit` and `dispatch`; `null`: no rule speaks there. A policy
 * that cannot be read says nothing, and unknown blocks. `keep` writes the decisions down; `explain` only looks.
 */
export async function judgeDispatch(
  world: JudgeWorld,
  question: DispatchQuestion,
  { keep }: { readonly keep: boolean } = { keep: true },
): Promise<DispatchVerdict | null> {
  const at = instantOf(world.clock.now());
  const { idea, head } = question;
  const policy = await world.policyAt(idea.repository, head);
  if (!policy.ok) return { decision: "unknown", rules: ["invalid-policy"], at };
  const gates = EARLY_GATES.filter((gate) => policy.value.rules.some(({ rule }) => rule.at.includes(gate)));
  if (gates.length === 0) return null;
  const profile = await world.profileAt(idea.repository, head);
  if (!profile.ok) return { decision: "unknown", rules: ["invalid-profile"], at };
  const decisions: Decision[] = [];
  for (const gate of gates) {
    const facts = earlyFacts(question, { gate, at, profile: profile.value });
    decisions.push(await decide(world, question, { policy: policy.value, facts, keep }));
  }
  return verdictOf(decisions, at);
}

interface Asked {
  readonly policy: CompiledPolicy;
  readonly facts: Facts;
  readonly keep: boolean;
}

async function decide(
  world: JudgeWorld,
  { idea, task }: DispatchQuestion,
  { policy, facts, keep }: Asked,
): Promise<Decision> {
  if (!keep) return judge(policy, facts);
  const ledger = { store: world.store, stamp: { actor: "dispatch", simulated: idea.simulated } };
  return await passGate(ledger, { subject: `task/${task.id}`, policy, facts, redact: world.redact });
}

interface Early {
  readonly gate: Gate;
  readonly at: Facts["at"];
  readonly profile: Profile;
}

/** Before anything ran there are labels and the commands that would run, and nobody was asked for an approval. */
function earlyFacts({ idea, head }: DispatchQuestion, { gate, at, profile }: Early): Facts {
  const now = <T>(value: T): Fact<T> => ({ value, seenAt: at, head: null });
  return {
    ...noFacts({ gate, at, actor: "agent" }),
    head,
    author: "agent",
    labels: now(idea.labels),
    approvals: now([]),
    commands: now([...profile.setup, ...profile.acceptance.map(({ run }) => run)]),
  };
}

function verdictOf(decisions: readonly Decision[], at: Facts["at"]): DispatchVerdict {
  const decision = strongestWord(decisions.map((one) => one.decision));
  const speaking = decisions.flatMap(({ rules }) => rules.filter(({ verdict }) => verdict === decision));
  const rules = decision === "pass" ? [] : [...new Set(speaking.map(({ rule }) => rule))];
  return { decision, rules, at };
}
