import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { compilePolicy } from "../../src/policy/rules/compile-policy.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { listPolicyDecisions } from "../../src/store/policy-decisions/list-policy-decisions.ts";
import type { Store } from "../../src/store/store.ts";
import { policyReplay } from "../../src/views/policy-replay.ts";
import { judgeAsk, type AskWorld } from "../../src/world/judge-ask.ts";
import { policyOf, ruleOf } from "../fakes/policy-facts.ts";
import { anOrder } from "../fakes/runner/an-order.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const POLICY = policyOf(
  ruleOf(
    { kind: "commands", deny: [["git", "push"]], need: [["npm", "publish"]], allow: [["npm", "test"]] },
    { id: "runs" },
  ),
  ruleOf({ kind: "protect", paths: ["x"], approvals: null }, { id: "other" }),
);

function worldOf(store: Store): AskWorld {
  const policyAt: AskWorld["policyAt"] = async () => ok(compilePolicy(POLICY));
  return { store, clock: fixedClock(SUITE_START), redact: redactor({ salt: "s" }), policyAt };
}

const kept = (store: Store) => store.read((reader) => listPolicyDecisions(reader, { limit: 20 }));

storeSuite("what policy says to an ask", (open) => {
  test.each([
    ["git push", "deny", "deny"],
    ["npm publish", "need", "need"],
    ["npm test", "pass", "pass"],
    ["$X", "need", "unknown"],
  ] as const)(
    "[POL-4] `%s`: what a rule says is kept with all it was made from, once",
    async (command, says, keeps) => {
      await using store = await open();
      const order = anOrder();
      expect(await judgeAsk(worldOf(store), order, command)).toMatchObject({ decision: says, rule: "runs" });
      await judgeAsk(worldOf(store), order, command);
      const decisions = await kept(store);
      expect(decisions).toMatchObject([
        {
          gate: "dispatch",
          subject: `attempt/${order.attemptId}`,
          head: order.base,
          decision: keeps,
          facts: { commands: { value: [command] } },
        },
      ]);
      expect(decisions[0]?.verdicts.map(({ rule }) => rule)).toEqual(["runs"]);
      const replayed = await store.read((reader) => policyReplay(reader, { policy: null, limit: 10 }));
      expect(replayed).toMatchObject({ decisions: 1, same: 1 });
    },
  );

  test("[POL-4] a command no rule speaks about is for a person, and no decision of policy", async () => {
    await using store = await open();
    expect(await judgeAsk(worldOf(store), anOrder(), "whoami")).toMatchObject({ decision: "need", rule: null });
    expect(await kept(store)).toEqual([]);
  });

  test("[OPS-2] a command that policy denies is a guard that fired", async () => {
    await using store = await open();
    await judgeAsk(worldOf(store), anOrder(), "git push");
    const fired = await store.read((reader) => listGuards(reader));
    expect(fired.filter(({ times }) => times > 0)).toMatchObject([{ name: "rule/commands", times: 1 }]);
  });

  test("[POL-2] a policy that cannot be read allows nothing", async () => {
    await using store = await open();
    const gone = { code: "failed", message: "m", cause: "c", hint: "h", retry: "never" } as const;
    const world = { ...worldOf(store), policyAt: async () => fail(gone) };
    expect(await judgeAsk(world, anOrder(), "npm test")).toMatchObject({ decision: "deny" });
  });
});
