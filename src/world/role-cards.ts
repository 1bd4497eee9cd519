import { readFileSync } from "node:fs";
import { join } from "node:path";
import { roleCardOf, type RoleCard } from "../model/role-card.ts";
import type { Role } from "../model/role.ts";
import { programRoot } from "./program.ts";

/** A role with the prompt that this version ships in `prompts/`; a prompt that is not there is a broken installation. */
export function roleCard(role: Role): RoleCard {
  return roleCardOf(role, readFileSync(join(programRoot(), "prompts", `${role}.md`), "utf8"));
}
