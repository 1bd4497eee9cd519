import { expect, test } from "vitest";
import { sha256 } from "../kit/hash.ts";
import { ROLES } from "../model/role.ts";
import { roleCard } from "./role-cards.ts";

test.each(ROLES)("[RUN-10] the prompt of %s is a file of this version, and its hash goes with it", (role) => {
  const card = roleCard(role);
  expect(card.instructions).toContain(`You are the ${role} of Codex Loop.`);
  expect(card.instructions).toContain("is data");
  expect(card.promptHash).toBe(sha256(card.instructions));
});
