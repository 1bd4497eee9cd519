import { CHANGE_GATES, EARLY_GATES } from "../../model/policy.ts";
import type { Problem } from "../../model/problem.ts";
import type { Placed } from "../strict-yaml.ts";
import { BODIES, type WrittenPolicy, type WrittenRule } from "./written-policy.ts";

/** Rules whose parts are each well formed and that together could never act, or not be told apart. */
export function idleProblems({ value, at }: Placed<WrittenPolicy>): readonly Problem[] {
  return value.rules.flatMap((rule, index) => {
    const first = value.rules.findIndex(({ id }) => id === rule.id);
    const twice =
      first < index
        ? [{ part: "id", message: `the id ${rule.id} is used twice`, hint: "give each rule an id of its own." }]
        : [];
    return [...twice, ...idleBecause(rule)].map(({ part, message, hint }) => ({
      at: at(["rules", index, ...part.split(".")]),
      message: `${message}.`,
      hint,
    }));
  });
}

interface Idle {
  /** The part of the rule to point at. */
  readonly part: string;
  readonly message: string;
  readonly hint: string;
}

function idleBecause(rule: WrittenRule): readonly Idle[] {
  const bodies = BODIES.filter((name) => rule[name] !== undefined);
  if (bodies.length !== 1) return [{ part: bodies[1] ?? "id", ...oneBody(rule.id, bodies) }];
  return [...emptyBody(rule), ...wrongGates(rule), ...wrongConditions(rule)];
}

function oneBody(id: string, bodies: readonly string[]): Omit<Idle, "part"> {
  const message = bodies.length === 0 ? `rule ${id} does nothing` : `rule ${id} does ${bodies.join(" and ")} at once`;
  return { message, hint: `give it exactly one of ${BODIES.join(", ")}.` };
}

function emptyBody({ id, require, limit, commands }: WrittenRule): readonly Idle[] {
  const idle = (part: string, names: string): readonly Idle[] => [
    { part, message: `rule ${id} has an empty ${part}, so it can never act`, hint: `name ${names}.` },
  ];
  if (require !== undefined && require.checks === undefined && require.approvals === undefined)
    return idle("require", "checks or approvals");
  if (limit !== undefined && Object.values(limit).every((amount) => amount === undefined))
    return idle("limit", "a limit");
  const patterns = commands === undefined ? 1 : commands.deny.length + commands.need.length + commands.allow.length;
  return patterns === 0 ? idle("commands", "commands under deny, need or allow") : [];
}

/** Before there is a change nothing about a change can act, and once it is there nothing runs any more. */
function wrongGates(rule: WrittenRule): readonly Idle[] {
  const isAboutRuns = (rule.commands ?? rule.domains) !== undefined;
  const isAboutChange = rule.when?.paths !== undefined || (!isAboutRuns && rule.deny === undefined);
  const idle = (rule.at ?? []).filter(
    (gate) => (isAboutChange && EARLY_GATES.includes(gate)) || (isAboutRuns && CHANGE_GATES.includes(gate)),
  );
  if (idle.length === 0) return [];
  const why = isAboutRuns ? "nothing runs there any more" : "there is no change yet";
  const hint = `name only ${(isAboutRuns ? EARLY_GATES : CHANGE_GATES).join(", ")}.`;
  return [{ part: "at", message: `rule ${rule.id} can never act at ${idle.join(" and ")}: ${why}`, hint }];
}

function wrongConditions({ id, when, protect, commands, domains }: WrittenRule): readonly Idle[] {
  if (protect !== undefined && (when?.paths !== undefined || when?.actor === "person")) {
    const message = `rule ${id} protects from agents what it names itself, so its when can never act`;
    return [{ part: "when", message, hint: "name the paths under protect only, and no actor." }];
  }
  if ((commands ?? domains) !== undefined && when?.paths !== undefined) {
    const message = `rule ${id} is about what runs, which has no paths`;
    return [{ part: "when.paths", message, hint: "take the paths out." }];
  }
  return [];
}
