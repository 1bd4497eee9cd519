import { expect, test } from "vitest";
import { passGate, type GateQuestion } from "../../src/guard/gate.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { sha256 } from "../../src/kit/hash.ts";
import { canonicalJson } from "../../src/kit/json.ts";
import { instantOf } from "../../src/model/time.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { DEFAULT_POLICY } from "../../src/policy/rules/built-in-rules.ts";
import { compilePolicy } from "../../src/policy/rules/compile-policy.ts";
import { judge } from "../../src/policy/rules/judge.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { putObservations } from "../../src/store/observations/put-observations.ts";
import { readObservations } from "../../src/store/observations/read-observations.ts";
import { listPolicyDecisions } from "../../src/store/policy-decisions/list-policy-decisions.ts";
import type { Store } from "../../src/store/store.ts";
import { HEAD, knownFacts, policyOf, ruleOf, seen } from "../fakes/policy-facts.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "integrate" };
const SECRET = "a-password-of-ours";
const redact = redactor({ salt: "s", known: [SECRET] });
const POLICY = compilePolicy(DEFAULT_POLICY);

const question = (wish: Partial<GateQuestion> = {}): GateQuestion => ({
  subject: "change/c1",
  policy: POLICY,
  facts: knownFacts(),
  redact,
  ...wish,
});
const changing = (path: string): Partial<GateQuestion> => ({
  facts: knownFacts({ files: seen([{ path, added: 1, removed: 0 }]) }),
});
const kept = (store: Store) => store.read((reader) => listPolicyDecisions(reader, { limit: 10 }));

storeSuite("policy decisions", (open) => {
  test("[POL-4] a decision is kept with policy hash, facts hash, inputs and verdicts, and told", async () => {
    await using store = await open();
    const { facts } = question(changing(".github/workflows/ci.yml"));
    const decision = await passGate({ store, stamp: STAMP }, question({ facts }));
    const [row, ...others] = await kept(store);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      gate: "pre_push",
      subject: "change/c1",
      head: HEAD,
      decision: "need",
      policyHash: POLICY.hash,
      factsHash: sha256(canonicalJson(facts)),
      policy: DEFAULT_POLICY,
      facts,
      verdicts: decision.rules,
      decidedAt: instantOf(SUITE_START),
    });
    expect(decision.rules).toContainEqual(expect.objectContaining({ rule: "sensitive-paths", verdict: "need" }));
    const told = (await store.read((reader) => readEvents(reader, { limit: 10 }))).map(({ type, key, payload }) => ({
      type,
      key,
      payload,
    }));
    expect(told).toContainEqual({
      type: "policy.decided",
      key: row?.id,
      payload: {
        gate: "pre_push",
        subject: "change/c1",
        decision: "need",
        policy_hash: POLICY.hash,
        facts_hash: decision.factsHash,
        rules: ["sensitive-paths"],
      },
    });
  });

  test("[POL-4] what was kept gives the same decision again", async () => {
    await using store = await open();
    const decision = await passGate({ store, stamp: STAMP }, question(changing("Dockerfile")));
    const [row] = await kept(store);
    expect(row === undefined ? null : judge(compilePolicy(row.policy), row.facts)).toEqual(decision);
  });

  test("[POL-4] saying the same again keeps one row, saying something else another", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const ledger = { store, stamp: STAMP };
    await passGate(ledger, question());
    clock.advance(1000);
    await passGate(ledger, question());
    expect(await kept(store)).toHaveLength(1);
    await passGate(ledger, question(changing("Dockerfile")));
    clock.advance(1000);
    await passGate(ledger, question());
    await passGate(ledger, question({ subject: "change/c2" }));
    await passGate(ledger, question({ policy: compilePolicy(policyOf()) }));
    expect((await kept(store)).map(({ subject, decision }) => `${subject} ${decision}`).toSorted()).toEqual([
      "change/c1 need",
      "change/c1 pass",
      "change/c1 pass",
      "change/c1 pass",
      "change/c2 pass",
    ]);
    const ofOne = await store.read((reader) =>
      listPolicyDecisions(reader, { subject: "change/c2", gate: "pre_push", limit: 10 }),
    );
    expect(ofOne).toHaveLength(1);
  });

  test("[POL-4] the same word for another reason is another decision", async () => {
    await using store = await open();
    await passGate({ store, stamp: STAMP }, question(changing(".codex-loop/policy.yaml")));
    await passGate({ store, stamp: STAMP }, question(changing(".codex-loop/profile.yaml")));
    expect((await kept(store)).map(({ decision }) => decision)).toEqual(["deny", "deny"]);
  });

  test("[POL-4] a secret in a file's name or a command does not enter the store", async () => {
    await using store = await open();
    const policy = compilePolicy(policyOf(ruleOf({ kind: "protect", paths: ["keys/**"], approvals: null })));
    const decision = await passGate({ store, stamp: STAMP }, question({ policy, ...changing(`keys/${SECRET}`) }));
    expect(JSON.stringify(decision.rules)).toContain(SECRET);
    const [row] = await kept(store);
    expect(row?.decision).toBe("deny");
    expect(JSON.stringify(row)).not.toContain(SECRET);
  });

  test("[OPS-2] each rule that holds something back is a guard that fired", async () => {
    await using store = await open();
    const policy = compilePolicy(policyOf(ruleOf({ kind: "require", checks: ["x"], approvals: null })));
    await passGate({ store, stamp: STAMP }, question({ policy, ...changing(".codex-loop/policy.yaml") }));
    const fired = await store.read((reader) => listGuards(reader));
    expect(
      fired
        .filter(({ times }) => times > 0)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["rule/protect", "rule/unknown"]);
  });
});

storeSuite("observations", (open) => {
  const ABOUT = { subject: "change/c1", head: HEAD };
  const at = (ms: number) => instantOf(SUITE_START + ms);

  test("[POL-2] the latest sighting of a subject at a commit counts, whatever order they come in", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => putObservations(tx, ABOUT, [{ name: "check:unit", value: true, seenAt: at(2) }]));
    await store.write(STAMP, (tx) =>
      putObservations(tx, ABOUT, [
        { name: "check:unit", value: false, seenAt: at(1) },
        { name: "check:lint", value: false, seenAt: at(1) },
      ]),
    );
    await store.write(STAMP, (tx) =>
      putObservations(tx, ABOUT, [{ name: "check:lint", value: { passed: 3 }, seenAt: at(3) }]),
    );
    expect(await store.read((reader) => readObservations(reader, ABOUT))).toEqual([
      { name: "check:lint", value: { passed: 3 }, seenAt: at(3) },
      { name: "check:unit", value: true, seenAt: at(2) },
    ]);
  });

  test("[POL-2] another commit or subject has been seen by nobody", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => putObservations(tx, ABOUT, [{ name: "check:unit", value: true, seenAt: at(2) }]));
    for (const other of [
      { ...ABOUT, head: "b".repeat(40) },
      { ...ABOUT, subject: "change/c2" },
    ]) {
      expect(await store.read((reader) => readObservations(reader, other))).toEqual([]);
    }
  });
});
