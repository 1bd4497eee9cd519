import { SHELLS } from "../../kit/command-words.ts";
import { commandsOf } from "../../kit/commands-of.ts";
import type { CommandLine } from "../../model/profile.ts";
import type { RuleBody } from "../../model/policy.ts";
import { judgeApprovals } from "./approvals.ts";
import { catches, covers } from "./command-pattern.ts";
import { found, PASS, strongest, type Finding } from "./finding.ts";
import { doubtOf, knownValue, type Given } from "./known.ts";

type CommandRules = Pick<Extract<RuleBody, { kind: "commands" }>, "deny" | "need" | "allow">;
type Words = readonly string[];

/** `caught`: by a pattern of the rule · `doubt`: part of it cannot be read, so nobody can say. */
export type CommandFinding =
  | { readonly kind: "denied" | "needed"; readonly command: Words }
  | { readonly kind: "doubt"; readonly why: string }
  | { readonly kind: "allowed" | "silent" };

/** What one command rule says to a command, after shells and wrappers are taken off. */
export function compileCommandRule({ deny, need, allow }: CommandRules): (command: CommandLine) => CommandFinding {
  const denies = deny.map(catches);
  const needs = need.map(catches);
  const allows = allow.map(covers);
  return (command) => {
    const { commands, doubt } = commandsOf(command);
    const denied = commands.find((words) => denies.some((caught) => caught(words)));
    if (denied !== undefined) return { kind: "denied", command: denied };
    if (doubt !== null && deny.length + need.length > 0) return { kind: "doubt", why: doubt };
    const needed = commands.find((words) => needs.some((caught) => caught(words)));
    if (needed !== undefined) return { kind: "needed", command: needed };
    const isAllowed = doubt === null && isPlain(command) && areAllowed(commands, allows);
    return { kind: isAllowed ? "allowed" : "silent" };
  };
}

/** The same over all commands that are about to run. */
export function compileCommands(rules: CommandRules): (given: Given) => Finding {
  const judge = compileCommandRule(rules);
  return (given) => {
    const commands = knownValue(given.facts.commands, given);
    if (commands === null) return found.unknown(`commands ${doubtOf(given.facts.commands, given) ?? ""}`, "commands");
    return strongest(commands.map((command) => findingOf(judge(command), given)));
  };
}

const ONE_PERSON = { count: 1, roles: [], notAuthor: false, onHead: false };

function findingOf(said: CommandFinding, given: Given): Finding {
  switch (said.kind) {
    case "denied":
      return found.deny(`\`${said.command.join(" ")}\` may not run`);
    case "doubt":
      return found.unknown(`a command cannot be judged: ${said.why}`, "commands");
    case "needed": {
      const finding = judgeApprovals(ONE_PERSON, given);
      return finding.verdict === "pass"
        ? PASS
        : { ...finding, reason: `\`${said.command.join(" ")}\`: ${finding.reason}` };
    }
    default:
      return PASS;
  }
}

/** Files that are written or read on the side, variables and substitutions make a command another one than it seems. */
function isPlain(command: CommandLine): boolean {
  const text = (typeof command === "string" ? command : command.join("\n")).replaceAll("&&", " ");
  return !/[<>$`\\&(){}*?~]/.test(text) && !/(?:^|[\s;|])[A-Za-z_]\w*\+?=/.test(text);
}

/** Every command but the shells that only read the line. */
function areAllowed(commands: readonly Words[], allows: readonly ((command: Words) => boolean)[]): boolean {
  const own = commands.filter((words) => !isShellAround(words));
  return own.length > 0 && own.every((words) => allows.some((covered) => covered(words)));
}

function isShellAround([program = "", flag = "", ...rest]: Words): boolean {
  const name = program.replace(/^\/(?:usr\/)?bin\//, "");
  return SHELLS.has(name) && /^-l?c$/.test(flag) && rest.length === 1;
}
