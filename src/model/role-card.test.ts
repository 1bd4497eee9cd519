import { expect, test } from "vitest";
import { ROLES } from "./role.ts";
import { ROLE_RULES, roleCardOf } from "./role-card.ts";

test("[RUN-10] a card carries the hash of its prompt, and a hash that changes with prompt and role", () => {
  const card = roleCardOf("executor", "Do it.");
  expect(card.promptHash).toBe("456e482ab0f50031da0c0e21545bc359f273a93cf155ae5286125f325068493e");
  expect(card.roleHash).not.toBe(roleCardOf("executor", "Do it!").roleHash);
  expect(card.roleHash).not.toBe(roleCardOf("planner", "Do it.").roleHash);
  expect(card.roleHash).toBe(roleCardOf("executor", "Do it.").roleHash);
});

test("[RUN-10] only the executor may write; every role has to leave something", () => {
  expect(ROLES.filter((role) => !ROLE_RULES[role].readOnly)).toEqual(["executor"]);
  expect(ROLES.filter((role) => ROLE_RULES[role].outputs.length === 0)).toEqual([]);
});
