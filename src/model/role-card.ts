import { hashParts, sha256 } from "../kit/hash.ts";
import { canonicalJson } from "../kit/json.ts";
import type { AskAction } from "./ask.ts";
import type { Output } from "./order.ts";
import type { Role } from "./role.ts";

/** What a role may do and has to leave, whatever its prompt says. */
export interface RoleRules {
  /** Its work tree cannot be written. */
  readonly readOnly: boolean;
  readonly outputs: readonly Output[];
  /** What it may ask for in the middle of a turn; anything else is denied without a person. */
  readonly mayAsk: readonly AskAction[];
}

export const ROLE_RULES: Readonly<Record<Role, RoleRules>> = {
  executor: { readOnly: false, outputs: ["change"], mayAsk: ["command", "patch", "permissions", "input"] },
  planner: { readOnly: true, outputs: ["plan"], mayAsk: ["input"] },
  reviewer: { readOnly: true, outputs: ["review"], mayAsk: [] },
};

/** A role with its prompt, and the hashes that every attempt carries. */
export interface RoleCard extends RoleRules {
  readonly role: Role;
  /** The prompt, for `Order.instructions`. */
  readonly instructions: string;
  /** Changes with the rules or the prompt. */
  readonly roleHash: string;
  readonly promptHash: string;
}

/** The card of a role whose prompt file holds `prompt`. */
export function roleCardOf(role: Role, prompt: string): RoleCard {
  const rules = ROLE_RULES[role];
  const promptHash = sha256(prompt);
  const roleHash = hashParts(role, canonicalJson(rules), promptHash);
  return { role, ...rules, instructions: prompt, roleHash, promptHash };
}
