/** Every command prints the documented fields: scripts outside this repository read them. */
import { readdirSync } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callCli, documentOf, emptyHome, mustCall, ROOT, spawnCli } from "../fakes/run-cli.ts";

const SAMPLES = join(ROOT, "samples/0.169.0");
const CODE_CELL = "01a1f6cc-d141-7c00-b310-1386da479849";

let around: Awaited<ReturnType<typeof emptyHome>>;
beforeAll(async () => {
  around = await emptyHome();
  await mustCall(["ingest", SAMPLES], around);
  await mustCall(["signals"], around);
});
afterAll(() => around[Symbol.asyncDispose]());

async function answer(...words: readonly string[]): Promise<unknown> {
  const ran = await callCli([...words, "--json"], around);
  expect(ran, ran.stdout).toMatchObject({ code: 0, stderr: "" });
  expect(ran.stdout.trimEnd().split("\n")).toHaveLength(1);
  return documentOf(ran);
}

const count = expect.any(Number);
const text = expect.any(String);
const list = expect.any(Array);
const textOrNull = expect.toSatisfy((value) => value === null || typeof value === "string", "text or null");
const countOrNull = expect.toSatisfy((value) => value === null || typeof value === "number", "a number or null");

const TOKENS = {
  total: countOrNull,
  input: countOrNull,
  cached_input: countOrNull,
  output: countOrNull,
  reasoning: countOrNull,
  provenance: expect.stringMatching(/^(measured|estimated)$/),
};
const SESSION = {
  id: text,
  source: text,
  cli_version: textOrNull,
  started_at: textOrNull,
  ended_at: textOrNull,
  outcome: expect.stringMatching(/^(completed|failed|interrupted|unfinished|running)$/),
  turn_count: count,
  tool_call_count: count,
  tokens: TOKENS,
  parent_id: textOrNull,
  forked_from_id: textOrNull,
  cwd: textOrNull,
  git: expect.toSatisfy((value) => value === null || typeof value === "object", "an object or null"),
};
const SIGNAL = {
  id: text,
  category: text,
  type: expect.stringMatching(/^(friction|delight)$/),
  severity: count,
  session_id: text,
  turn_id: textOrNull,
  call_id: textOrNull,
  seq: count,
  description: text,
  detector: text,
  version: count,
};
const INGEST = {
  files: count,
  bytes_read: count,
  sessions: count,
  turns: count,
  tool_calls: count,
  unreadable: count,
  unchanged: count,
  seconds: count,
};
const AMOUNTS = {
  total: count,
  input: count,
  cached_input: count,
  output: count,
  reasoning: count,
  usd: countOrNull,
  provenance: text,
};
const REPORT = {
  sessions: count,
  signals: { by_category: expect.any(Object) },
  friction_cost: list,
  clusters: list,
  embedder: null,
};

/** Each of a list, which must not be empty, has these fields. */
function expectEach(rows: unknown, shape: object): void {
  expect(rows).toBeInstanceOf(Array);
  expect(rows).not.toHaveLength(0);
  for (const row of rows as readonly unknown[]) expect(row).toMatchObject(shape);
}

test("[HSE-8] init says which store it made, and whether it was new", async () => {
  await using other = await emptyHome();
  const words = ["init", "--db", join(other.home, "some.db"), "--json"];
  expect(documentOf(await callCli(words, other))).toEqual({ store: join(other.home, "some.db"), created: true });
  expect(documentOf(await callCli(words, other))).toMatchObject({ created: false });
});

test("[HSE-8] ingest counts what this call did; a second call finds nothing new", async () => {
  const again = await answer("ingest", SAMPLES);
  expect(again).toMatchObject({ ...INGEST, files: 0, bytes_read: 0, sessions: 0, turns: 0, tool_calls: 0 });
  expect(again).toMatchObject({ unchanged: expect.toSatisfy((files: number) => files > 20, "more than 20") });
});

test("[HSE-8] sessions list and show print the documented fields", async () => {
  const sessions = await answer("sessions", "list");
  expectEach(sessions, SESSION);
  const detail = await answer("sessions", "show", CODE_CELL);
  expect(detail).toMatchObject({ ...SESSION, compactions: 0, rollbacks: 0, approvals: list, signals: list });
  const { turns, tool_calls: calls } = detail as { turns: unknown; tool_calls: readonly { parent_call_id: unknown }[] };
  expectEach(turns, { id: text, outcome: text, error: null, kind: "task" });
  expectEach(calls, {
    call_id: text,
    parent_call_id: textOrNull,
    tool: text,
    outcome: text,
    exit_code: countOrNull,
    duration_ms: countOrNull,
    started_at: textOrNull,
  });
  expect(calls.filter((call) => call.parent_call_id !== null)).not.toHaveLength(0);
});

test("[HSE-8] the start of an id is enough where it is the start of one", async () => {
  expect(await answer("sessions", "show", CODE_CELL.slice(0, 16))).toMatchObject({ id: CODE_CELL });
});

test("[HSE-8, TRC-11] search points at the line", async () => {
  const row = { session_id: text, turn_id: textOrNull, line: count, excerpt: text, score: count };
  expectEach(await answer("search", "add"), row);
  expect(await answer("search", "zebra-crossing-nobody-said")).toEqual([]);
});

test("[HSE-8, SIG-1] signals come with their evidence, of one session when asked", async () => {
  const all = await answer("signals");
  expectEach(all, SIGNAL);
  const session = (all as readonly { session_id: string }[])[0]?.session_id ?? "";
  const own = await answer("signals", "--session", session);
  expectEach(own, { ...SIGNAL, session_id: session });
});

test("[HSE-8, TRC-5] usage has rows of one key each, and totals", async () => {
  for (const by of ["day", "session", "model"]) {
    const usage = await answer("usage", "--codex-home", SAMPLES, "--by", by);
    expect(usage).toMatchObject({ rows: list, totals: AMOUNTS });
    expectEach((usage as { rows: unknown }).rows, { key: text, ...AMOUNTS });
  }
});

test("[HSE-8, SIG-5] report says what friction cost", async () => {
  const report = await answer("report");
  expect(report).toMatchObject({ ...REPORT, sample_data: false });
  expectEach((report as { friction_cost: unknown }).friction_cost, {
    category: text,
    family: text,
    tokens: count,
    minutes: count,
    usd: countOrNull,
    times: count,
    sessions: count,
  });
});

test("[HSE-8, SIG-7] daily prints every stage, the ones that were not done too", async () => {
  await using other = await emptyHome();
  const ran = await callCli(["daily", "--codex-home", join(SAMPLES, "exec-failure"), "--json"], other);
  expect(documentOf(ran)).toMatchObject({
    ingest: INGEST,
    signals: { friction: count, delight: count },
    clusters: null,
    proposals: null,
    report: REPORT,
    window: "all",
    not_done: [
      { stage: "cluster", reason: text },
      { stage: "proposals", reason: text },
    ],
  });
});

test("[TRC-13, TRC-14] trace bundle writes a spine that trace validate finds valid, and checksums it", async () => {
  const folder = join(around.home, "bundle");
  const bundle = await answer("trace", "bundle", "--session-id", CODE_CELL, "--output", folder);
  expect(bundle).toMatchObject({ output: folder, files: list, records: count });
  const segments = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jsonl"));
  expect(segments).not.toHaveLength(0);
  for (const path of segments) {
    expect(await answer("trace", "validate", join(folder, path))).toMatchObject({ valid: true, errors: [] });
  }
});

test("[STO-8] store backup, export, import and report say path and bytes", async () => {
  const [backup, written] = [join(around.home, "backup.db"), join(around.home, "export.ndjson")];
  expect(await answer("store", "backup", backup)).toEqual({ path: backup, bytes: count });
  expect(await answer("store", "export", written)).toEqual({ path: written, bytes: count });
  const copy = join(around.home, "copy.db");
  expect(await answer("store", "import", written, "--store", copy)).toMatchObject({ path: written, bytes: count });
  expect(await answer("store", "report", "--db", copy)).toMatchObject({ path: copy, bytes: count, tables: list });
  const again = join(around.home, "again.ndjson");
  await answer("store", "export", again, "--store", backup);
  expect(await readFile(again, "utf8")).toBe(await readFile(written, "utf8"));
});

test("[STO-8] store prune says what would go before it goes, and takes only what is old", async () => {
  const copy = join(around.home, "pruned.db");
  await answer("store", "backup", copy);
  const dry = await answer("store", "prune", "--older-than", "0d", "--dry-run", "--store", copy);
  expect(dry).toMatchObject({ path: copy, bytes: null, sessions: 0, dry_run: true });
  expect(await answer("store", "prune", "--older-than", "36500", "--store", copy)).toMatchObject({ sessions: 0 });
  const { found } = dry as { found: number };
  expect(found).toBeGreaterThan(15);
  expect(await answer("store", "prune", "--older-than", "0", "--store", copy)).toMatchObject({ sessions: found });
});

test("[STO-4] audit verify counts events and seals", async () => {
  const verdict = await answer("audit", "verify");
  expect(verdict).toEqual({ events: count, sealed: count, ok: true, first_bad: null, seal: { n: count, hash: text } });
  const { events, sealed } = verdict as { events: number; sealed: number };
  expect([events > 0, sealed]).toEqual([true, events]);
});

test("[SIG-8] compat sets a predecessor's numbers beside ours, with the reason", async () => {
  const row = { metric: text, theirs: countOrNull, ours: countOrNull, why: text };
  expectEach(await answer("compat", "spine", join(ROOT, "test/golden/spine/flat.jsonl")), row);
  const metrics = (await answer("compat", "toolcalls", join(ROOT, "test/golden/toolcalls/day.ndjson"))) as unknown[];
  expectEach(metrics, { metric: text, why: text });
});

test("[HSE-8] doctor prints each check with its fix, and null where none is needed", async () => {
  const checks = await answer("doctor");
  expectEach(checks, { check: text, ok: expect.any(Boolean), fix: textOrNull });
  const codexHome = (checks as readonly { check: string }[]).find(({ check }) => check === "codex home");
  expect(codexHome).toMatchObject({ ok: false, fix: expect.stringMatching(/^Do this: .*--codex-home/) });
});

test("[HSE-4] config show tells what set each value and never a secret", async () => {
  const env = { OPENAI_API_KEY: "sk-not-a-real-key", CODEX_LOOP_MODEL: "m1" };
  const ran = await callCli(["config", "show", "--origin", "--json"], { ...around, env });
  expect(documentOf(ran)).toContainEqual({
    name: "model",
    value: "m1",
    secret: false,
    origin: "environment CODEX_LOOP_MODEL",
  });
  expect(ran.stdout).toContain(`"value":"set"`);
  expect(ran.stdout).not.toContain("sk-not");
});

test("[HSE-8] --version is one line, and with --json what a bug report should name", async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
  expect(await spawnCli(["--version"], around)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  expect(await answer("--version")).toMatchObject({ version, commit: textOrNull, schema: count, node: text });
});

test("[HSE-8] global options stand anywhere on the line; --json takes the fields that are wanted", async () => {
  const { home } = around;
  const store = join(home, ".codex-loop/store.db");
  const lines = [
    ["--json", "--store", store, "sessions", "list"],
    ["sessions", `--db=${store}`, "list", "--json"],
    ["sessions", "list", "--store", store, "--json", "--quiet"],
  ];
  const answers = await Promise.all(lines.map(async (words) => (await callCli(words, around)).stdout));
  expect(new Set(answers).size).toBe(1);
  const some = await callCli(["sessions", "list", "--json=id,outcome"], around);
  const [first] = documentOf(some) as readonly object[];
  expect(Object.keys(first ?? {})).toEqual(["id", "outcome"]);
});

test("[HSE-8] an empty store answers with empty lists", async () => {
  await using other = await emptyHome();
  await callCli(["init"], other);
  for (const words of [["sessions", "list"], ["signals"], ["search", "x"]]) {
    expect(documentOf(await callCli([...words, "--json"], other))).toEqual([]);
  }
});

test("[TRC-9] a folder of nothing known is no failure", async () => {
  const folder = join(around.home, "other");
  await mkdir(folder);
  await copyFile(join(ROOT, "README.md"), join(folder, "README.md"));
  expect(await answer("ingest", folder)).toMatchObject({ files: 0, unchanged: 0 });
});
