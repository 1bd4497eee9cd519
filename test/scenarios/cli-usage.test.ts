/** The token report of the command line against what the scripted model really served. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UsageKey, UsageReport } from "../../src/views/shapes/usage.ts";
import { anotherSession } from "../fakes/another-session.ts";
import { callCli, documentOf, emptyHome, ROOT } from "../fakes/run-cli.ts";
import { goldenJson } from "../fakes/sample-recordings.ts";

type Truth = Readonly<Record<string, { readonly true_total_tokens: number | null }>>;
const CURRENT = Object.entries(goldenJson("codex/expected.json") as Truth);
const OLDER = Object.entries(goldenJson("codex/older-expected.json") as Truth);
const SCENARIOS: readonly (readonly [string, number | null])[] = [
  ...CURRENT.map(([name, truth]) => [`0.169.0/${name}`, truth.true_total_tokens] as const),
  ...OLDER.map(([name, truth]) => [`older/${name}`, truth.true_total_tokens] as const),
];
const ALL = SCENARIOS.reduce((sum, [, tokens]) => sum + (tokens ?? 0), 0);

let around: Awaited<ReturnType<typeof emptyHome>>;
beforeAll(async () => {
  around = await emptyHome();
});
afterAll(() => around[Symbol.asyncDispose]());

async function usage(...words: readonly string[]): Promise<UsageReport> {
  const ran = await callCli(["usage", ...words, "--json"], around);
  expect(ran, ran.stdout).toMatchObject({ code: 0, stderr: "" });
  return documentOf(ran) as UsageReport;
}

test("[TRC-5] there is truth for every scenario", () => {
  expect(SCENARIOS.length).toBeGreaterThanOrEqual(20);
  expect(ALL).toBeGreaterThan(250_000);
});

test.each(SCENARIOS)("[TRC-5] usage of %s is what the model served: %s", async (scenario, tokens) => {
  const home = join(ROOT, "samples", scenario);
  for (const by of ["day", "session", "model"] as const) {
    const { rows, totals } = await usage("--codex-home", home, "--by", by);
    expect(totals.total).toBe(tokens);
    expect(rows.reduce((sum, row) => sum + row.total, 0)).toBe(tokens ?? 0);
  }
});

test("[TRC-5] over all recordings at once the sums of days, sessions and models agree in every column", async () => {
  const reports = await Promise.all(
    (["day", "session", "model"] as const satisfies readonly UsageKey[]).map((by) =>
      usage("--codex-home", join(ROOT, "samples"), "--by", by),
    ),
  );
  for (const { rows, totals } of reports) {
    expect(totals.total).toBe(ALL);
    for (const column of ["total", "input", "cached_input", "output", "reasoning", "responses"] as const) {
      expect(rows.reduce((sum, row) => sum + row[column], 0)).toBe(totals[column]);
    }
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  }
  expect(new Set(reports.map(({ totals }) => JSON.stringify(totals))).size).toBe(1);
});

test("[TRC-5] --since leaves out what is older and keeps the day itself", async () => {
  const { rows } = await usage("--codex-home", join(ROOT, "samples"));
  const [first] = rows.map((row) => row.key);
  const home = join(ROOT, "samples");
  expect((await usage("--codex-home", home, "--since", first ?? "")).totals.total).toBe(ALL);
  expect((await usage("--codex-home", home, "--since", "2100-01-01")).rows).toEqual([]);
});

test("[TRC-5] a recording that holds no count is unknown, not zero; a model without a price has no cost", async () => {
  const silent = await usage("--codex-home", join(ROOT, "samples/older/0.27.0"));
  expect(silent).toMatchObject({ totals: { total: null, usd: null }, sessions_without_tokens: 1 });
  const unpriced = await usage("--codex-home", join(ROOT, "samples/0.169.0/code-mode"));
  expect(unpriced).toMatchObject({ totals: { usd: null }, unpriced_models: [expect.any(String)] });
  const people = await callCli(["usage", "--codex-home", join(ROOT, "samples/older/0.27.0")], around);
  expect(people.stdout).toMatch(/^total\tunknown/m);
});

test("[TRC-5] a response that stands in two files, as in a fork's copy of its parent, is counted once", async () => {
  await using other = await emptyHome();
  const own = anotherSession(join(other.home, ".codex"), 1);
  await copyFile(own.path, own.path.replace(own.id, own.id.replace(/.$/, "2")));
  const ran = documentOf(await callCli(["usage", "--json"], other)) as UsageReport;
  expect(ran.totals).toMatchObject({ total: 4490, responses: 2 });
});

test("[TRC-5] what was read into the store adds up to the same", async () => {
  await using other = await emptyHome();
  expect(await callCli(["ingest", join(ROOT, "samples")], other)).toMatchObject({ code: 0 });
  const sessions = documentOf(await callCli(["sessions", "list", "--json"], other));
  const totals = (sessions as readonly { tokens: { total: number | null } }[]).map(({ tokens }) => tokens.total ?? 0);
  expect(totals.reduce((sum, total) => sum + total, 0)).toBe(ALL);
});

test("[TRC-5] usage asks for no store and makes none", async () => {
  await usage("--codex-home", join(ROOT, "samples"));
  expect(await callCli(["sessions", "list"], around)).toMatchObject({ code: 5 });
});
