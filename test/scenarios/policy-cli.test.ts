import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { passGate } from "../../src/guard/gate.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import { FailureError } from "../../src/model/failure.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { DEFAULT_POLICY } from "../../src/policy/rules/built-in-rules.ts";
import { compilePolicy } from "../../src/policy/rules/compile-policy.ts";
import { SUITE_START } from "../contracts/store-harness.ts";
import { knownFacts, seen } from "../fakes/policy-facts.ts";
import { callCli, emptyHome, type Around, type Ran } from "../fakes/run-cli.ts";
import { git, targetRepository } from "../fakes/runner/target-repository.ts";

const POLICY = `version: 1
rules:
  - { id: tests, at: [pre_push], when: { paths: ["src/**"] }, require: { checks: [unit] } }
  - { id: people, when: { labelsAny: [infra] }, require: { approvals: { count: 1 } } }
  - { id: guarded, protect: ["vault/**"] }
  - { id: churn, limit: { taskLines: 5 } }
`;

interface Shop extends Around {
  readonly folder: string;
}

/** A repository with that policy on `main`, and a branch \`fix\` that changes these files on top of it. */
function shop(around: Around, files: Readonly<Record<string, string>>): Shop {
  const folder = join(around.home, "shop");
  targetRepository(folder, { "README.md": "Shop\n", "src/a.ts": "1\n", ".codex-loop/policy.yaml": POLICY });
  git(folder, "checkout", "--quiet", "-b", "fix");
  commit(folder, files);
  return { ...around, folder };
}

function commit(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, "add", "--all");
  git(folder, "-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "Change");
}

function check({ folder, ...around }: Shop, ...more: readonly string[]): Promise<Ran> {
  return callCli(["policy", "check", "--repo", folder, "--base", "main", "--head", "fix", "--json", ...more], around);
}

async function said(ran: Promise<Ran>): Promise<unknown> {
  const { code, stdout } = await ran;
  const answer = JSON.parse(stdout) as { decision?: string; rules?: readonly { rule: string; verdict: string }[] };
  const rules = (answer.rules ?? []).filter(({ verdict }) => verdict !== "pass").map(({ rule }) => rule);
  return { code, decision: answer.decision, rules: [...new Set(rules)] };
}

test("[POL-5] a change is checked beforehand, and the exit code says what comes of it", async () => {
  await using home = await emptyHome();
  const plain = shop(home, { "docs/a.md": "x\n" });
  expect(await said(check(plain))).toEqual({ code: 0, decision: "pass", rules: [] });
  expect(await said(check(plain, "--labels", "infra"))).toEqual({ code: 7, decision: "need", rules: ["people"] });
  commit(plain.folder, { "src/a.ts": "2\n" });
  expect(await said(check(plain, "--labels", "infra"))).toEqual({
    code: 3,
    decision: "unknown",
    rules: ["tests", "people"],
  });
  expect(await said(check(plain, "--gate", "pre_merge"))).toEqual({ code: 0, decision: "pass", rules: [] });
  expect(await said(check(plain, "--passed", "lint,unit"))).toEqual({ code: 0, decision: "pass", rules: [] });
  commit(plain.folder, { "vault/key": "2\n" });
  expect(await said(check(plain, "--passed", "unit"))).toEqual({ code: 3, decision: "deny", rules: ["guarded"] });
  expect(await said(check(plain, "--passed", "unit", "--actor", "person"))).toMatchObject({ code: 0 });
  commit(plain.folder, { "docs/long.md": "x\n".repeat(6) });
  expect(await said(check(plain, "--passed", "unit", "--actor", "person"))).toEqual({
    code: 3,
    decision: "deny",
    rules: ["churn"],
  });
});

test("[POL-3] a change that weakens the policy is judged by the policy of its base", async () => {
  await using home = await emptyHome();
  const weakening = shop(home, { ".codex-loop/policy.yaml": "version: 1\nrules: []\n", "vault/key": "1\n" });
  expect(await said(check(weakening))).toMatchObject({
    code: 3,
    decision: "deny",
    rules: ["built-in/rules-of-the-house", "guarded", "churn"],
  });
  git(weakening.folder, "checkout", "--quiet", "main");
  writeFileSync(join(weakening.folder, ".codex-loop/policy.yaml"), "version: 1\nrules: []\n");
  expect(await said(check(weakening))).toMatchObject({ code: 3, decision: "deny" });
});

test("[POL-6] a policy that could never act is an error with its place", async () => {
  await using home = await emptyHome();
  const wrong = shop(home, {
    ".codex-loop/policy.yaml": POLICY.replace("src/**", "lib/**").replace("protect", "protects"),
  });
  const ran = await callCli(["policy", "check", "--repo", wrong.folder, "--base", "fix", "--head", "fix"], home);
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain('.codex-loop/policy.yaml:5:20: "protects" is not a known key; did you mean protect?');
  expect(ran.stderr).toContain(".codex-loop/policy.yaml:3:50: rule tests requires something of lib/**");
  commit(wrong.folder, { ".codex-loop/policy.yaml": POLICY.replace("src/**", "lib/**") });
  const again = await callCli(["policy", "check", "--repo", wrong.folder, "--base", "fix", "--head", "fix"], home);
  expect(again.stderr).toContain(".codex-loop/policy.yaml:3:50: rule tests requires something of lib/**");
});

test("[MOD-3, POL-6] profile and policy are refused alike wherever they are read: one code, exit 2, every mistake", async () => {
  await using home = await emptyHome();
  const { folder } = shop(home, {
    ".codex-loop/policy.yaml": POLICY.replace("protect", "protects").replace("people", "tests"),
    ".codex-loop/profile.yaml": "acceptence: []\nmax_parallel: 0\n",
  });
  const places = ["profile.yaml:1:1", "profile.yaml:2:15", "policy.yaml:4:11", "policy.yaml:5:20"];
  const at = places.map((place) => ({ at: `.codex-loop/${place}` }));
  const refused = { error: { code: "config_invalid", problems: at } };
  const checked = ["policy", "check", "--repo", folder, "--base", "fix", "--head", "fix", "--json"];
  const spec = join(home.home, "SPEC.md");
  writeFileSync(spec, "# T\n## Goal\nx\n## Constraints\nx\n## Success metrics\nx\n");
  const script = join(home.home, "s.yaml");
  writeFileSync(script, "steps: [{ say: hi }]\n");
  const added = ["idea", "add", "--repo", folder, "--file", spec, "--agent", "scripted", "--script", script, "--json"];
  for (const words of [checked, added]) {
    const ran = await callCli(words, home);
    expect([ran.code, JSON.parse(ran.stdout)]).toMatchObject([2, refused]);
  }
  const looked = await callCli(["doctor", "--repo", folder, "--json"], home);
  const checks = JSON.parse(looked.stdout) as readonly { check: string; refused?: unknown }[];
  const of = (name: string): unknown => checks.find(({ check: found }) => found === name)?.refused;
  expect([looked.code, of("profile"), of("policy")]).toMatchObject([
    2,
    { code: "config_invalid", problems: at.slice(0, 2) },
    { code: "config_invalid", problems: at.slice(2) },
  ]);
});

test("[POL-5] recorded decisions are made again under another policy, and the differences are listed", async () => {
  await using home = await emptyHome();
  const path = join(home.home, "store.db");
  const clock = fixedClock(SUITE_START);
  const opened = await openSqlite({ path, clock, random: systemRandom });
  if (!opened.ok) throw new FailureError(opened.failure);
  const ledger = { store: opened.value, stamp: { actor: "test" } };
  const policy = compilePolicy(DEFAULT_POLICY);
  for (const [subject, file] of [
    ["change/one", "src/a.ts"],
    ["change/two", "infra/a.tf"],
  ] as const) {
    const facts = knownFacts({ files: seen([{ path: file, added: 1, removed: 0 }]) });
    clock.advance(1000);
    await passGate(ledger, { subject, policy, facts, redact: (text) => text as Redacted });
  }
  await opened.value[Symbol.asyncDispose]();
  const file = join(home.home, "new.yaml");
  writeFileSync(file, 'version: 1\nrules: [{ id: sources, protect: ["src/**"] }]\n');
  const replay = async (...words: readonly string[]) => {
    const ran = await callCli(["policy", "replay", "--store", path, "--json", ...words], home);
    return { code: ran.code, answer: JSON.parse(ran.stdout) as unknown };
  };
  expect(await replay()).toEqual({ code: 0, answer: { decisions: 2, same: 2, differences: [] } });
  expect(await replay("--policy", file)).toMatchObject({
    code: 0,
    answer: {
      decisions: 2,
      same: 0,
      differences: [
        {
          subject: "change/two",
          before: "need",
          after: "pass",
          rules: [{ rule: "sensitive-paths", before: "need", after: null }],
        },
        {
          subject: "change/one",
          before: "pass",
          after: "deny",
          rules: [{ rule: "sources", before: null, after: "deny" }],
        },
      ],
    },
  });
  expect(await replay("--policy", join(home.home, "none.yaml"))).toMatchObject({ code: 5 });
});

test("[MOD-3] doctor shows the effective profile and policy of a repository, and each mistake with its place", async () => {
  await using home = await emptyHome();
  const { folder } = shop(home, { ".codex-loop/profile.yaml": "acceptance: [{ name: unit, run: npm test }]\n" });
  const doctor = async () => {
    const { stdout } = await callCli(["doctor", "--repo", folder, "--json"], home);
    const checks = JSON.parse(stdout) as readonly { check: string; ok: boolean; found: string; effective?: unknown }[];
    return new Map(checks.map((one) => [one.check, one]));
  };
  const good = await doctor();
  expect(good.get("repository")).toMatchObject({ ok: true });
  expect(good.get("profile")).toMatchObject({
    ok: true,
    effective: {
      setup: [],
      acceptance: [{ name: "unit", run: "npm test", timeout: 600 }],
      allowed_paths: ["**"],
      caps: { minutes: 45, turns: 8, tokens: 2_000_000, usd: 3 },
      max_parallel: 1,
    },
  });
  expect(good.get("policy")).toMatchObject({
    ok: true,
    effective: {
      rules: [
        { id: "built-in/rules-of-the-house" },
        { id: "tests" },
        { id: "people" },
        { id: "guarded", at: ["pre_push", "pre_merge", "pre_deploy"], protect: { paths: ["vault/**"] } },
        { id: "churn" },
      ],
    },
  });
  commit(folder, { ".codex-loop/profile.yaml": "acceptence: []\n" });
  expect((await doctor()).get("profile")).toMatchObject({
    ok: false,
    found: expect.stringContaining(
      '.codex-loop/profile.yaml:1:1: "acceptence" is not a known key; did you mean acceptance?',
    ),
  });
  const spoken = await callCli(["doctor", "--repo", folder], home);
  expect(spoken.code).toBe(2);
  commit(folder, { ".codex-loop/profile.yaml": "caps: { usd: 0.5, minutes: 1000 }\nmax_parallel: 3\n" });
  const own = await callCli(["doctor", "--repo", folder, "--json"], home);
  expect(JSON.parse(own.stdout)).toContainEqual(
    expect.objectContaining({
      check: "profile",
      effective: expect.objectContaining({
        caps: { minutes: 45, turns: 8, tokens: 2_000_000, usd: 0.5 },
        max_parallel: 1,
      }),
    }),
  );
  expect(spoken.stdout).toContain("            paths:\n              - vault/**");
});

test("[POL-5] what is no repository or no commit says so", async () => {
  await using home = await emptyHome();
  const { folder } = shop(home, { a: "x\n" });
  const at = (repo: string, base: string) =>
    callCli(["policy", "check", "--repo", repo, "--base", base, "--head", "fix"], home);
  expect(await at(folder, "none")).toMatchObject({ code: 5 });
  expect(await at(join(home.home, "nowhere"), "main")).toMatchObject({ code: 5 });
  expect(await at(home.home, "main")).toMatchObject({ code: 2 });
});
