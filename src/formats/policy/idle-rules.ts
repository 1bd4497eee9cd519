import { isObject } from "../../kit/json.ts";
import { clip } from "../../kit/text.ts";
import { CHANGE_GATES, EARLY_GATES, type Gate } from "../../model/policy.ts";
import type { Mistake } from "../mistake.ts";
import { emptyGlobs } from "./empty-globs.ts";
import { BODIES } from "./written-policy.ts";

type Written = Readonly<Record<string, unknown>>;
/** Within its rule. */
type Idle = Omit<Mistake, "of">;

/**
 * Rules that could never act, or not be told apart, as far as their parts are well formed: other mistakes in a rule do not
 * keep these back. `paths`: every path of the tree, `null` where that is not known.
 */
export function idleMistakes(policy: unknown, paths: readonly string[] | null): readonly Mistake[] {
  const rules: unknown = isObject(policy) ? policy["rules"] : null;
  if (!Array.isArray(rules)) return [];
  const ids = rules.map((rule: unknown) => (isObject(rule) ? rule["id"] : undefined));
  return rules.flatMap((rule: unknown, index) => {
    if (!isObject(rule)) return [];
    const name = nameOf(rule);
    const isTwice = typeof rule["id"] === "string" && ids.indexOf(rule["id"]) < index;
    const idle = [
      ...(isTwice ? [usedTwice(rule["id"])] : []),
      ...idleBecause(rule, name),
      ...(paths === null ? [] : emptyGlobs(rule, { name, paths })),
    ];
    return idle.map((mistake) => ({ ...mistake, of: "value" as const, path: ["rules", index, ...mistake.path] }));
  });
}

function nameOf({ id }: Written): string {
  return typeof id === "string" ? `rule ${clip(id, 60)}` : "the rule";
}

function usedTwice(id: unknown): Idle {
  return {
    path: ["id"],
    message: `the id ${clip(String(id), 60)} is used twice`,
    hint: "give each rule an id of its own",
  };
}

function idleBecause(rule: Written, name: string): readonly Idle[] {
  const bodies = BODIES.filter((word) => rule[word] !== undefined);
  // A body may be meant by a word that nobody knows, and that is told already.
  const isAllKnown = Object.keys(rule).every((word) => ["id", "at", "when", ...BODIES].includes(word));
  const hint = `give it exactly one of ${BODIES.join(", ")}`;
  if (bodies.length === 0) return isAllKnown ? [{ path: ["id"], message: `${name} does nothing`, hint }] : [];
  const twice = { path: [bodies[1] ?? "id"], message: `${name} does ${bodies.join(" and ")} at once`, hint };
  return [
    ...(bodies.length > 1 ? [twice] : []),
    ...bodies.filter((body) => isEmpty(body, rule[body])).map((body) => emptyBody(body, name)),
    ...(bodies.length > 1 ? [] : [...wrongGates(rule, name), ...wrongConditions(rule, name)]),
  ];
}

const MEMBERS: Readonly<Record<string, string>> = {
  require: "checks or approvals",
  limit: "a limit",
  commands: "commands under deny, need or allow",
};

function isEmpty(body: string, written: unknown): boolean {
  if (MEMBERS[body] === undefined || !isObject(written)) return false;
  const isBare = (part: unknown): boolean => body === "commands" && Array.isArray(part) && part.length === 0;
  return Object.values(written).every(isBare);
}

function emptyBody(body: string, name: string): Idle {
  return { path: [body], message: `${name} has an empty ${body}, so it can never act`, hint: `name ${MEMBERS[body]}` };
}

/** Before there is a change nothing about a change can act, and once it is there nothing runs any more. */
function wrongGates(rule: Written, name: string): readonly Idle[] {
  const { at, when } = rule;
  const isAboutRuns = (rule["commands"] ?? rule["domains"]) !== undefined;
  const hasPaths = isObject(when) && when["paths"] !== undefined;
  const isAboutChange = hasPaths || (!isAboutRuns && rule["deny"] === undefined);
  const late = [...(isAboutChange ? EARLY_GATES : []), ...(isAboutRuns ? CHANGE_GATES : [])];
  const idle = Array.isArray(at) ? late.filter((gate: Gate) => at.includes(gate)) : [];
  if (idle.length === 0) return [];
  const why = isAboutRuns ? "nothing runs there any more" : "there is no change yet";
  const hint = `name only ${(isAboutRuns ? EARLY_GATES : CHANGE_GATES).join(", ")}`;
  return [{ path: ["at"], message: `${name} can never act at ${idle.join(" and ")}: ${why}`, hint }];
}

function wrongConditions({ when, protect, commands, domains }: Written, name: string): readonly Idle[] {
  if (!isObject(when)) return [];
  const hasPaths = when["paths"] !== undefined;
  if (protect !== undefined && (hasPaths || when["actor"] === "person")) {
    const message = `${name} protects from agents what it names itself, so its when can never act`;
    return [{ path: ["when"], message, hint: "name the paths under protect only, and no actor" }];
  }
  if ((commands ?? domains) === undefined || !hasPaths) return [];
  return [
    { path: ["when", "paths"], message: `${name} is about what runs, which has no paths`, hint: "take the paths out" },
  ];
}
