/**
 * One decision of policy: 200 rules over 30 changed files, and how it grows. The floor in the same run asks the bare glob
 * library for every glob and file. `node tools/bench/policy.ts [--rounds N]`
 */
import picomatch from "picomatch";
import { CHANGE_GATES, type Facts, type Policy, type Rule } from "../../src/model/policy.ts";
import { instantOf } from "../../src/model/time.ts";
import { compilePolicy } from "../../src/policy/rules/compile-policy.ts";
import { judge } from "../../src/policy/rules/judge.ts";
import { noFacts } from "../../src/policy/rules/no-facts.ts";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, least } from "./in-turns.ts";
import { ownCost } from "./own-cost.ts";

const HEAD = "a".repeat(40);
const AT = instantOf(Date.parse("2026-11-20T12:00:00.000Z"));
const DECISIONS = 300;
const MOST_MICROSECONDS = 1000;
/** Twice the work may cost twice as much; the rest is the noise of a shared machine. */
const NOISE = 1.3;

interface Size {
  readonly rules: number;
  readonly files: number;
}

const ASKED_SIZE: Size = { rules: 200, files: 30 };

export async function policyRows({ rounds }: BenchOptions): Promise<readonly Row[]> {
  const runs = await inTurns(rounds, {
    asked: () => microseconds(decisions(ASKED_SIZE)),
    floor: () => microseconds(bareGlobs(ASKED_SIZE)),
    moreRules: () => microseconds(decisions({ ...ASKED_SIZE, rules: 2 * ASKED_SIZE.rules })),
    moreFiles: () => microseconds(decisions({ ...ASKED_SIZE, files: 2 * ASKED_SIZE.files })),
  });
  const cost = (name: keyof typeof runs): number => least(runs[name], (one) => one);
  const asked = cost("asked");
  const what = `decision of ${ASKED_SIZE.rules} rules over ${ASKED_SIZE.files} files`;
  const grown = (more: string, ours: number): Row => ({
    what: `decision with twice the ${more}`,
    unit: "CPU µs",
    ours,
    beside: { name: what, value: asked },
    limit: { is: "at most", value: 2 * NOISE * asked },
  });
  return [
    {
      what,
      unit: "CPU µs",
      ours: asked,
      beside: { name: "picomatch alone, every glob on every file", value: cost("floor") },
      limit: { is: "at most", value: MOST_MICROSECONDS },
    },
    grown("rules", cost("moreRules")),
    grown("files", cost("moreFiles")),
  ];
}

/** CPU time of one call, from many. */
async function microseconds(once: () => void): Promise<number> {
  once();
  const { cpuSeconds } = await ownCost(() => {
    for (let turn = 0; turn < DECISIONS; turn += 1) once();
  });
  return (cpuSeconds * 1_000_000) / DECISIONS;
}

function decisions(size: Size): () => void {
  const policy = compilePolicy(policyOf(size));
  const facts = factsOf(size);
  return () => void judge(policy, facts);
}

function bareGlobs(size: Size): () => void {
  const tests = policyOf(size).rules.flatMap(({ when }) =>
    (when.paths ?? []).map((glob) => picomatch(glob, { dot: true })),
  );
  const paths = pathsOf(size);
  return () => {
    for (const test of tests) for (const path of paths) test(path);
  };
}

/** Four kinds of glob in turn, so that neither cheap nor dear ones decide alone; each rule asks for a check. */
function policyOf({ rules }: Size): Policy {
  return { version: 1, staleMinutes: 60, rules: Array.from({ length: rules }, (_, at) => ruleOf(at)) };
}

function ruleOf(at: number): Rule {
  const globs = [`services/part${at}/**`, `**/*.kind${at}`, `libs/{a,b}${at}/*/x.ts`, `**/part${at}/**`];
  const when = { paths: [globs[at % globs.length] ?? "", "!**/*.md"], labelsAny: null, actor: null };
  return { id: `r${at}`, at: CHANGE_GATES, when, does: { kind: "require", checks: [`unit${at}`], approvals: null } };
}

function pathsOf({ files }: Size): readonly string[] {
  return Array.from({ length: files }, (_, at) => `services/part${at * 3}/src/deep/file${at}.ts`);
}

function factsOf(size: Size): Facts {
  const files = pathsOf(size).map((path) => ({ path, added: 10, removed: 5 }));
  return {
    ...noFacts({ gate: "pre_merge", at: AT, actor: "agent" }),
    head: HEAD,
    files: { value: files, seenAt: AT, head: HEAD },
    checks: Array.from({ length: size.files }, (_, at) => ({
      name: `unit${at}`,
      value: true,
      seenAt: AT,
      head: HEAD,
    })),
  };
}

if (import.meta.main) console.log(figuresTable(await policyRows(benchOptions(process.argv.slice(2)))));
