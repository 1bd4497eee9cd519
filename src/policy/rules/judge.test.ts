import fc from "fast-check";
import { expect, test } from "vitest";
import { HEAD, knownFacts, NOW, policyOf, ruleOf, seen } from "../../../test/fakes/policy-facts.ts";
import { LIMIT_NAMES, VERDICTS, type DecisionWord, type Facts, type Rule } from "../../model/policy.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { DEFAULT_POLICY, protectedPaths } from "./built-in-rules.ts";
import { compilePolicy } from "./compile-policy.ts";
import { judge } from "./judge.ts";
import { noFacts } from "./no-facts.ts";

const ONE = { count: 1, roles: [], notAuthor: true, onHead: true };
const WHEN = { paths: null, labelsAny: null, actor: null };
const file = (path: string): Facts["files"] => seen([{ path, added: 1, removed: 0 }]);

function decide(
  rule: Rule,
  facts: Partial<Facts> = {},
): { word: DecisionWord; reason: string; missing: readonly string[] } {
  const decision = judge(compilePolicy(policyOf(rule)), knownFacts(facts));
  const verdict = decision.rules.find((one) => one.rule === rule.id);
  return { word: decision.decision, reason: verdict?.reason ?? "", missing: verdict?.missing ?? [] };
}

test("[POL-1] required checks by directory: passed, failed, missing, of another commit, of no commit, old", () => {
  const rule = ruleOf({ kind: "require", checks: ["unit"], approvals: null }, { when: { ...WHEN, paths: ["src/**"] } });
  const check = { name: "unit", value: true, seenAt: NOW, head: HEAD };
  expect(decide(rule, { checks: [check] }).word).toBe("pass");
  expect(decide(rule, { checks: [{ ...check, value: false }] })).toMatchObject({ word: "deny" });
  expect(decide(rule, { checks: [] })).toEqual({
    word: "unknown",
    reason: "check unit was not seen",
    missing: ["fact:check:unit"],
  });
  expect(decide(rule, { checks: null }).word).toBe("unknown");
  expect(decide(rule, { checks: [{ ...check, head: "b".repeat(40) }] }).reason).toContain("another commit");
  expect(decide(rule, { checks: [{ ...check, head: null }] }).word).toBe("unknown");
  expect(decide(rule, { checks: [{ ...check, seenAt: instantOf(msOf(NOW) - 3_600_001) }] }).reason).toContain(
    "too long ago",
  );
  expect(decide(rule, { checks: [{ ...check, seenAt: instantOf(msOf(NOW) + 1) }] }).reason).toContain("has not come");
  expect(decide(rule, { checks: [check], files: file("docs/a.md") }).word).toBe("pass");
  const again = { ...check, value: false, seenAt: instantOf(msOf(NOW) - 1000) };
  expect(decide(rule, { checks: [again, check] }).word).toBe("pass");
});

test("[POL-1] risky labels need the approval of others, on this commit, with a role", () => {
  const wanted = { ...ONE, roles: ["maintainer"] };
  const rule = ruleOf(
    { kind: "require", checks: [], approvals: wanted },
    { when: { ...WHEN, labelsAny: ["Security"] } },
  );
  const yes = { by: "ann", roles: ["maintainer"], head: HEAD };
  const labels = seen(["security"]);
  expect(decide(rule, { labels: seen(["docs"]) }).word).toBe("pass");
  expect(decide(rule, { labels })).toEqual({
    word: "need",
    reason: "1 approval of maintainer missing",
    missing: ["approvals:1"],
  });
  expect(decide(rule, { labels, approvals: seen([yes]) }).word).toBe("pass");
  expect(decide(rule, { labels, approvals: seen([{ ...yes, head: "b".repeat(40) }]) }).word).toBe("need");
  expect(decide(rule, { labels, approvals: seen([{ ...yes, roles: [] }]) }).word).toBe("need");
  expect(decide(rule, { labels, approvals: seen([yes]), author: "ann" }).word).toBe("need");
  expect(decide(rule, { labels, approvals: seen([yes]), author: null }).word).toBe("unknown");
  expect(decide(rule, { labels, approvals: null }).word).toBe("unknown");
});

test("[POL-1] two approvals of one person are one", () => {
  const rule = ruleOf({ kind: "require", checks: [], approvals: { ...ONE, count: 2 } });
  const yes = { by: "ann", roles: [], head: HEAD };
  expect(decide(rule, { approvals: seen([yes, yes]) }).word).toBe("need");
  expect(decide(rule, { approvals: seen([yes, { ...yes, by: "bob" }]) }).word).toBe("pass");
});

test("[POL-1] protected paths: denied to agents, allowed to people, or with a person's yes", () => {
  const rule = ruleOf({ kind: "protect", paths: ["infra/**"], approvals: null });
  expect(decide(rule, { files: file("infra/a.tf") })).toMatchObject({
    word: "deny",
    reason: "infra/a.tf is protected from agents",
  });
  expect(decide(rule, { files: file("src/a.tf") }).word).toBe("pass");
  expect(decide(rule, { files: file("infra/a.tf"), actor: "person" }).word).toBe("pass");
  expect(decide(rule, { files: null }).word).toBe("unknown");
  const soft = ruleOf({ kind: "protect", paths: ["infra/**"], approvals: ONE });
  expect(decide(soft, { files: file("infra/a.tf") }).word).toBe("need");
  const approvals = seen([{ by: "ann", roles: [], head: HEAD }]);
  expect(decide(soft, { files: file("infra/a.tf"), approvals }).word).toBe("pass");
});

test("[POL-1] limits of churn: the limit itself is still allowed", () => {
  const rule = ruleOf({ kind: "limit", limits: { ideaLines: 10, openPrsPerIdea: 2 } });
  const counts = (ideaLines: number): Facts["counts"] => ({ ideaLines: seen(ideaLines), openPrsPerIdea: seen(0) });
  expect(decide(rule, { counts: counts(10) }).word).toBe("pass");
  expect(decide(rule, { counts: counts(11) })).toMatchObject({
    word: "deny",
    reason: "ideaLines is 11, and 10 at most are allowed",
  });
  expect(decide(rule, { counts: { ideaLines: seen(1) } })).toMatchObject({
    word: "unknown",
    missing: ["fact:openPrsPerIdea"],
  });
});

test("[POL-1] commands and hosts are judged before they run", () => {
  const commands = ruleOf({ kind: "commands", deny: [["git", "push"]], need: [["npm", "publish"]], allow: [] });
  const run = (line: string): Partial<Facts> => ({ commands: seen([["npm", "test"], line]) });
  expect(decide(commands, run("npm run build")).word).toBe("pass");
  expect(decide(commands, run("bash -c 'git push'"))).toMatchObject({ word: "deny", reason: "`git push` may not run" });
  expect(decide(commands, run("npm publish")).word).toBe("need");
  expect(decide(commands, run("$X push")).word).toBe("unknown");
  expect(decide(commands, { commands: null }).word).toBe("unknown");
  const hosts = ruleOf({ kind: "domains", allow: ["example.org", "*.example.com"] });
  expect(decide(hosts, run("curl https://a.example.com:8080/x http://u:p@EXAMPLE.org")).word).toBe("pass");
  expect(decide(hosts, run("curl https://example.org.evil.net/"))).toMatchObject({
    word: "deny",
    reason: "example.org.evil.net is not on the list of hosts",
  });
  expect(decide(hosts, run("git clone git@evil.net:a/b")).word).toBe("deny");
  expect(decide(hosts, { domains: seen(["evil.net"]) }).word).toBe("deny");
  expect(decide(hosts, { domains: null, commands: null }).word).toBe("unknown");
});

test("[POL-2] deny counts more than unknown, unknown more than need, need more than pass", () => {
  const named = (id: string, does: Rule["does"]): Rule => ruleOf(does, { id });
  const rules = {
    pass: named("pass", { kind: "protect", paths: ["nothing/**"], approvals: null }),
    need: named("need", { kind: "require", checks: [], approvals: ONE }),
    unknown: named("unknown", { kind: "require", checks: ["x"], approvals: null }),
    deny: named("deny", { kind: "protect", paths: ["src/**"], approvals: null }),
  };
  const word = (...some: readonly DecisionWord[]): DecisionWord =>
    judge(compilePolicy(policyOf(...some.map((one) => rules[one]))), knownFacts()).decision;
  expect(word("pass")).toBe("pass");
  expect(word("need", "pass")).toBe("need");
  expect(word("pass", "unknown", "need")).toBe("unknown");
  expect(word("unknown", "deny", "need")).toBe("deny");
});

test("[POL-2] a condition that cannot be seen makes its rule unknown, unless another condition rules it out", () => {
  const does = { kind: "protect", paths: ["src/**"], approvals: null } as const;
  const rule = ruleOf(does, { when: { ...WHEN, labelsAny: ["x"] } });
  expect(decide(rule, { labels: null })).toMatchObject({ word: "unknown", missing: ["fact:labels"] });
  expect(decide(rule, { labels: null, files: file("docs/a") }).word).toBe("pass");
  const person = ruleOf(does, { when: { ...WHEN, labelsAny: ["x"], actor: "person" } });
  expect(decide(person, { labels: null }).word).toBe("pass");
});

test("[POL-2] a rule speaks only at its gates", () => {
  const rule = ruleOf({ kind: "require", checks: ["x"], approvals: null }, { at: ["pre_merge"] });
  expect(decide(rule).word).toBe("pass");
  expect(judge(compilePolicy(policyOf(rule)), knownFacts({}, "pre_merge")).decision).toBe("unknown");
});

const BODIES: fc.Arbitrary<Rule["does"]> = fc.oneof(
  fc.record({ kind: fc.constant("require"), checks: fc.constant(["unit"]), approvals: fc.constantFrom(null, ONE) }),
  fc.record({ kind: fc.constant("protect"), paths: fc.constant(["src/**"]), approvals: fc.constantFrom(null, ONE) }),
  fc.constantFrom(...LIMIT_NAMES).map((name) => ({ kind: "limit" as const, limits: { [name]: 3 } })),
  fc.constant({ kind: "commands" as const, deny: [["git", "push"]], need: [], allow: [] }),
  fc.constant({ kind: "domains" as const, allow: [] }),
);
const WHENS: fc.Arbitrary<Rule["when"]> = fc.record({
  paths: fc.constantFrom(null, ["src/**"]),
  labelsAny: fc.constantFrom(null, ["infra"]),
  actor: fc.constantFrom(null, "agent" as const),
});

test("[POL-2] whatever the rule, a fact that it needs and that is absent or stale never passes", () => {
  const stale = instantOf(msOf(NOW) - 3_600_001);
  fc.assert(
    fc.property(BODIES, WHENS, fc.constantFrom("absent", "stale", "other"), (does, when, how) => {
      const blank = noFacts({ gate: "pre_push", at: NOW, actor: "agent" });
      const aged = <T>(value: T): { value: T; seenAt: typeof NOW; head: string | null } => ({
        value,
        seenAt: how === "stale" ? stale : NOW,
        head: how === "other" ? "b".repeat(40) : null,
      });
      const doubtful: Facts = {
        ...knownFacts(),
        files: aged([]),
        labels: aged([]),
        checks: [{ name: "unit", ...aged(true) }],
        approvals: aged([{ by: "ann", roles: [], head: HEAD }]),
        counts: Object.fromEntries(LIMIT_NAMES.map((name) => [name, aged(0)])),
        commands: aged([]),
        domains: aged([]),
      };
      const facts = how === "absent" ? blank : doubtful;
      const policy = compilePolicy(policyOf(ruleOf(does, { when })));
      expect(judge(policy, facts).decision).toBe("unknown");
    }),
  );
});

test("[POL-2] taking a fact away never makes a decision weaker than unknown or turns it into pass", () => {
  const facts = knownFacts({
    files: file("src/a.ts"),
    checks: [{ name: "unit", value: true, seenAt: NOW, head: HEAD }],
    labels: seen(["infra"]),
    approvals: seen([{ by: "ann", roles: [], head: HEAD }]),
    counts: Object.fromEntries(LIMIT_NAMES.map((name) => [name, seen(1)])),
  });
  fc.assert(
    fc.property(
      fc.array(BODIES, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("files", "labels", "checks", "approvals", "commands", "domains"),
      (bodies, gone) => {
        const rules = bodies.map((does, at) => ruleOf(does, { id: `r${at}` }));
        const policy = compilePolicy(policyOf(...rules));
        const before = judge(policy, facts);
        const after = judge(policy, { ...facts, [gone]: null });
        for (const [at, { verdict }] of after.rules.entries()) {
          const was = before.rules[at]?.verdict ?? "pass";
          if (verdict !== was) expect(verdict).toBe("unknown");
        }
        expect(VERDICTS.indexOf(after.decision)).toBeGreaterThanOrEqual(
          before.decision === "deny" ? 2 : VERDICTS.indexOf(before.decision),
        );
      },
    ),
  );
});

test("[POL-3] no policy takes the protection of the repository's own rules away", () => {
  const policy = compilePolicy(policyOf());
  for (const path of [".codex-loop/policy.yaml", ".codex-loop/profile.yaml", ".codex-loop", ".Codex-Loop/x"]) {
    const decision = judge(policy, knownFacts({ files: file(path) }));
    expect(decision).toMatchObject({ decision: "deny", rules: [{ rule: "built-in/rules-of-the-house" }] });
  }
});

test("[POL-3] an order is told what is protected from every agent; the gate alone knows exceptions and people's yes", () => {
  expect(protectedPaths(DEFAULT_POLICY)).toEqual([".codex-loop/**"]);
  const rule = (
    paths: readonly string[],
    when: Partial<Rule["when"]> = {},
    approvals: typeof ONE | null = null,
  ): Rule => ruleOf({ kind: "protect", paths, approvals }, { when: { ...WHEN, ...when } });
  const policy = policyOf(
    rule(["vault/**"]),
    rule(["src/**", "!src/a"]),
    rule(["labelled/**"], { labelsAny: ["x"] }),
    rule(["asked/**"], {}, ONE),
  );
  expect(protectedPaths(policy)).toEqual([".codex-loop/**", "vault/**"]);
});

test.each([
  "infra/main.tf",
  "services/infra/x",
  ".github/workflows/ci.yml",
  "Dockerfile.dev",
  "a/Dockerfile",
  "terraform/x.tf",
  "k8s/pod.yaml",
  ".env.local",
  "config/.env",
  "secrets/a",
  "AGENTS.md",
])("[POL-1] without a policy a change of %s needs a person", (path) => {
  expect(judge(compilePolicy(DEFAULT_POLICY), knownFacts({ files: file(path) })).decision).toBe("need");
});

test("[POL-1] without a policy an ordinary change passes", () => {
  expect(judge(compilePolicy(DEFAULT_POLICY), knownFacts()).decision).toBe("pass");
});

test("[POL-4] equal policies and facts have equal hashes, others have others", () => {
  const policy = compilePolicy(DEFAULT_POLICY);
  const decision = judge(policy, knownFacts());
  expect(judge(compilePolicy({ ...DEFAULT_POLICY }), { ...knownFacts() })).toEqual(decision);
  expect(judge(policy, knownFacts({ author: "x" })).factsHash).not.toBe(decision.factsHash);
  expect(judge(compilePolicy(policyOf()), knownFacts()).policyHash).not.toBe(decision.policyHash);
});

test("[POL-7] deciding asks no more often than files × rules whether a path is meant", () => {
  const asked = (rules: number, files: number): number => {
    let count = 0;
    const policy = policyOf(
      ...Array.from({ length: rules }, (_, at) =>
        ruleOf(
          { kind: "require", checks: ["x"], approvals: null },
          { id: `r${at}`, when: { ...WHEN, paths: [`d${at}/**`] } },
        ),
      ),
    );
    const compiled = compilePolicy(policy, () => () => {
      count += 1;
      return false;
    });
    const paths = Array.from({ length: files }, (_, at) => ({ path: `src/${at}.ts`, added: 1, removed: 1 }));
    judge(compiled, knownFacts({ files: seen(paths) }));
    return count;
  };
  // One rule more than asked for: the built-in one.
  expect(asked(10, 30)).toBe(11 * 30);
  expect(asked(200, 30)).toBe(201 * 30);
  expect(asked(200, 300)).toBe(201 * 300);
});

test("[POL-2] a change with an endless name in it is unknown, and costs nothing", () => {
  const rule = ruleOf({ kind: "protect", paths: ["**/a/**/a/**/b"], approvals: null });
  expect(decide(rule, { files: file("a/".repeat(100_000)) }).word).toBe("unknown");
  expect(decide(rule, { files: file(`${"a/".repeat(499)}c`) }).word).toBe("pass");
});
