import type { CommandLine } from "../../model/profile.ts";
import type { CommandDecision, Rule } from "../../model/policy.ts";
import { compileCommandRule } from "./commands.ts";
import type { CompiledPolicy } from "./compile-policy.ts";
import { hostsOf, isAllowedHost, notAllowed } from "./domains.ts";

/**
 * What policy says to a command that an agent asks for. Only a rule that allows it makes it pass; what no rule speaks
 * about, and what cannot be read to its end, is for a person.
 */
export function judgeCommand(policy: CompiledPolicy, command: CommandLine): CommandDecision {
  const rules = policy.rules.map(({ rule }) => rule).filter(({ when }) => when.actor !== "person");
  const said = rules.flatMap((rule) => saidBy(rule, command));
  const strongest = (["deny", "need", "pass"] as const).flatMap((word) =>
    said.filter(({ decision }) => decision === word),
  );
  return strongest[0] ?? { decision: "need", rule: null, reason: "no rule allows it" };
}

function saidBy(rule: Rule, command: CommandLine): readonly CommandDecision[] {
  if (rule.does.kind === "commands") return saidByCommands(rule, command);
  if (rule.does.kind !== "domains") return [];
  const { allow } = rule.does;
  return hostsOf(command)
    .filter((host) => !isAllowedHost(allow, host))
    .map((host) => ({ decision: "deny", rule: rule.id, reason: notAllowed(host).reason, denies: "domains" }));
}

function saidByCommands({ id, does, when }: Rule, command: CommandLine): readonly CommandDecision[] {
  if (does.kind !== "commands") return [];
  const said = compileCommandRule(does)(command);
  switch (said.kind) {
    case "denied":
      return [{ decision: "deny", rule: id, reason: `\`${said.command.join(" ")}\` may not run`, denies: "commands" }];
    case "needed":
      return [{ decision: "need", rule: id, reason: `\`${said.command.join(" ")}\` needs a person` }];
    case "doubt":
      return [{ decision: "need", rule: id, reason: `it cannot be judged: ${said.why}` }];
    case "allowed":
      // Which labels the work has is not known here, so a rule that hangs on them cannot allow anything.
      return when.labelsAny === null ? [{ decision: "pass", rule: id, reason: "the rule allows it" }] : [];
    case "silent":
      return [];
  }
}
