import { passGate } from "../guard/gate.ts";
import type { Clock } from "../kit/clock.ts";
import type { Order } from "../model/order.ts";
import type { CommandDecision } from "../model/policy.ts";
import type { CommandLine } from "../model/profile.ts";
import type { Redacted } from "../model/redacted.ts";
import { instantOf } from "../model/time.ts";
import { compilePolicy, type CompiledPolicy } from "../policy/rules/compile-policy.ts";
import { judgeCommand } from "../policy/rules/judge-command.ts";
import { noFacts } from "../policy/rules/no-facts.ts";
import type { Store } from "../store/store.ts";
import type { RulesOfRepository } from "./rules-of-repository.ts";

export interface AskWorld extends Pick<RulesOfRepository, "policyAt"> {
  readonly store: Store;
  readonly clock: Clock;
  readonly redact: (text: string) => Redacted;
}

/** Rules that cannot be read allow nothing. */
const UNREADABLE: CommandDecision = {
  decision: "deny",
  rule: null,
  reason: "the policy at the base cannot be read",
};

/** What the policy at the base of an order says to a command that its agent asks for; what a rule says is kept. */
export async function judgeAsk(world: AskWorld, order: Order, command: CommandLine): Promise<CommandDecision> {
  const policy = await world.policyAt(order.repository, order.base);
  if (!policy.ok) return UNREADABLE;
  const said = judgeCommand(policy.value, command);
  if (said.rule !== null) await keep(world, order, { policy: policy.value, command });
  return said;
}

/** As a decision before a start, by those rules alone that are about what runs: nothing else was asked. */
async function keep(
  { store, clock, redact }: AskWorld,
  { attemptId, base, agent }: Order,
  { policy, command }: { readonly policy: CompiledPolicy; readonly command: CommandLine },
): Promise<void> {
  const at = instantOf(clock.now());
  const now = <T>(value: T) => ({ value, seenAt: at, head: null });
  const rules = policy.policy.rules.filter(({ does }) => does.kind === "commands" || does.kind === "domains");
  const asked = { commands: now([command]), approvals: now([]), labels: now([]) };
  const facts = { ...noFacts({ gate: "dispatch", at, actor: "agent" }), head: base, author: "agent", ...asked };
  const anywhere = rules.map((rule) => ({ ...rule, at: [facts.gate], when: { ...rule.when, labelsAny: null } }));
  await passGate(
    { store, stamp: { actor: "desk", simulated: agent === "scripted" } },
    { subject: `attempt/${attemptId}`, policy: compilePolicy({ ...policy.policy, rules: anywhere }), facts, redact },
  );
}
