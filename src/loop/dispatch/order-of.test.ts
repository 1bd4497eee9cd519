import { expect, test } from "vitest";
import { idOf } from "../../model/ids.ts";
import { roleCardOf } from "../../model/role-card.ts";
import { instantOf } from "../../model/time.ts";
import { ideaWish, PROFILE, PROTECTED, text } from "../../../test/fakes/delivery.ts";
import { orderOf, type OrderFacts } from "./order-of.ts";

const NOW = instantOf(0);
const HALF = { stateBefore: null, reason: null, detail: null, createdAt: NOW, updatedAt: NOW } as const;

function order(title: string, changed: Partial<OrderFacts> = {}) {
  const idea = { ...ideaWish(), ...HALF, id: idOf.idea("i"), state: "plan_ready" } as const;
  const ids = { id: idOf.task("t"), ideaId: idea.id, planId: idOf.plan("p"), number: 1 } as const;
  const task = { ...HALF, ...ids, title: text(title), brief: idea.spec, state: "ready", fence: 0, head: null } as const;
  return orderOf({
    attemptId: idOf.attempt("0192f000-0000-7000-8000-00000000abcd"),
    idea,
    task: { ...task, signalAt: NOW, notBefore: null },
    card: roleCardOf("executor", "Do it.\n"),
    profile: PROFILE,
    protectedPaths: PROTECTED,
    caps: { minutes: 1, turns: 1, responses: 1, toolCalls: 1, tokens: 1, microDollars: 1 },
    model: "a-model",
    base: "b",
    ...changed,
  });
}

test.each([
  ["Greet people", "codex-loop/greet-people-00000000abcd"],
  ["../../etc/passwd -- $(rm)", "codex-loop/etc-passwd-rm-00000000abcd"],
  ["挨拶", "codex-loop/00000000abcd"],
  ["a".repeat(39) + " b", `codex-loop/${"a".repeat(39)}-00000000abcd`],
])("[RUN-8] the branch of %j is %s: words of the title, ended by the attempt's own letters", (title, branch) => {
  expect(order(title).branch).toBe(branch);
});

test("[RUN-8] the subject is one line of at most 72 characters", () => {
  expect(order("one\n\ntwo").subject).toBe("one two");
  expect(order("x".repeat(100)).subject).toHaveLength(72);
});

test("[RUN-10] what belongs to the repository stands behind the role's instructions, the task apart as data", () => {
  expect(order("t").instructions).toBe("Do it.\n");
  const scoped = order("t", { profile: { ...PROFILE, scope: "Only the parser." } });
  expect(scoped.instructions).toBe("Do it.\n\nWhat belongs to this repository\nOnly the parser.\n");
  expect(scoped.brief).toBe(ideaWish().spec);
});

test("[RUN-2] a script needs no model", () => {
  expect(order("t").model).toBe("a-model");
  const idea = { ...ideaWish({ agent: "scripted" }), ...HALF, id: idOf.idea("i"), state: "plan_ready" } as const;
  expect(order("t", { idea }).model).toBeNull();
});
