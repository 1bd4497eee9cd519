import { ok, type Result } from "../../kit/result.ts";
import {
  CHANGE_GATES,
  EARLY_GATES,
  GATES,
  type Gate,
  type Policy,
  type Rule,
  type RuleBody,
} from "../../model/policy.ts";
import type { Problem } from "../../model/problem.ts";
import { readStrictYaml, type WrittenFile } from "../strict-yaml.ts";
import { idleMistakes } from "./idle-rules.ts";
import { POLICY } from "./policy-schema.ts";
import type { WrittenRule } from "./written-policy.ts";

/** Where a repository keeps its policy. */
export const POLICY_FILE = ".codex-loop/policy.yaml";

export interface PolicyFile extends WrittenFile {
  /** Every path of the tree the policy is for; `null`: not known, so globs are not held against it. */
  readonly paths: readonly string[] | null;
}

/** Reads a policy strictly. Rules that could never act are mistakes like any other: all are listed with their places. */
export function parsePolicy(file: PolicyFile): Result<Policy, readonly Problem[]> {
  const read = readStrictYaml(file, { schema: POLICY, together: (written) => idleMistakes(written, file.paths) });
  if (!read.ok) return read;
  const { version, staleMinutes, rules } = read.value;
  return ok({ version, staleMinutes, rules: rules.map(ruleOf) });
}

function ruleOf(written: WrittenRule): Rule {
  const { id, at, when } = written;
  const does = bodyOf(written);
  return {
    id,
    at: at ?? gatesOf(does),
    when: { paths: when?.paths ?? null, labelsAny: when?.labelsAny ?? null, actor: when?.actor ?? null },
    does,
  };
}

function bodyOf({ id, require, protect, limit, deny, commands, domains }: WrittenRule): RuleBody {
  if (require !== undefined)
    return { kind: "require", checks: require.checks ?? [], approvals: require.approvals ?? null };
  if (protect !== undefined) return { kind: "protect", paths: protect.paths, approvals: protect.approvals ?? null };
  if (limit !== undefined) return { kind: "limit", limits: definedOf(limit) };
  if (deny !== undefined) return { kind: "freeze", windows: deny.windows };
  if (commands !== undefined) return { kind: "commands", ...commands };
  if (domains !== undefined) return { kind: "domains", allow: domains.allow };
  throw new Error(`rule ${id} does nothing and was not refused`);
}

/** Where a rule acts that does not say: time passes at every gate, commands are judged before they run, a change once it is there. */
function gatesOf({ kind }: RuleBody): readonly Gate[] {
  if (kind === "freeze") return GATES;
  return kind === "commands" || kind === "domains" ? EARLY_GATES : CHANGE_GATES;
}

function definedOf<T>(members: { readonly [key: string]: T | undefined }): Record<string, T> {
  const found = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(found);
}
