/** Failures end with the pinned exit code and say what, why and what to do: three lines, or one JSON document. */
import { appendFile, copyFile, mkdir, readFile, watch, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../../tools/bench/generate-corpus.ts";
import { callCli, documentOf, emptyHome, ended, mustCall, ROOT, spawnCli, startCli } from "../fakes/run-cli.ts";

const SAMPLE = join(ROOT, "samples/0.169.0/code-mode");
const SEGMENT = join(ROOT, "test/golden/spine/written/spine/segment-000.jsonl");

let around: Awaited<ReturnType<typeof emptyHome>>;
beforeAll(async () => {
  around = await emptyHome();
  await mustCall(["ingest", SAMPLE], around);
});
afterAll(() => around[Symbol.asyncDispose]());

interface Refused {
  readonly exit: number;
  readonly code: string;
  /** What a person reads on the first and the last line. */
  readonly says: readonly [what: RegExp, doThis: RegExp];
}

/** The same failure as three lines on stderr and as one document on stdout. */
async function expectFailure(words: readonly string[], { exit, code, says }: Refused, home = around): Promise<void> {
  const told = await callCli(words, home);
  expect(told).toMatchObject({ code: exit, stdout: "" });
  const lines = told.stderr.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect([lines[0], lines[2]]).toEqual([expect.stringMatching(says[0]), expect.stringMatching(says[1])]);
  expect(lines[2]).toMatch(/^Do this: /);
  const machine = await callCli([...words, "--json"], home);
  expect(machine).toMatchObject({ code: exit, stderr: "" });
  expect(documentOf(machine)).toEqual({
    error: {
      code,
      message: lines[0],
      cause: lines[1],
      hint: lines[2],
      retry: expect.stringMatching(/^(never|later|now)$/),
    },
  });
}

test.each([
  ["an unknown command, with the near miss", ["sesions"], /no command sesions/, /Did you mean `sessions`\?/],
  ["an unknown verb, with the near miss", ["sessions", "shwo"], /no command shwo/, /Did you mean `show`\?/],
  ["a word like no command", ["zyzzyva"], /no command zyzzyva/, /codex-loop --help/],
  [
    "an unknown option, with the near miss",
    ["sessions", "list", "--limt", "3"],
    /no option --limt/,
    /Did you mean --limit\?/,
  ],
  ["a near miss of an option that all commands take", ["report", "--jsn"], /no option --jsn/, /Did you mean --json\?/],
  ["a word that is not one of the choices", ["usage", "--by", "week"], /--by cannot be week/, /day, session, model/],
  ["a value of the wrong kind", ["sessions", "list", "--limit", "many"], /--limit cannot be many/, /--help/],
  ["a day that is none", ["usage", "--since", "2026-13-99"], /--since cannot be 2026-13-99/, /--help/],
  ["a seal that is none", ["audit", "verify", "--seal", "12"], /--seal cannot be 12/, /--help/],
  ["a missing word", ["sessions", "show"], /ID is missing/, /--help/],
  ["a word too many", ["report", "extra"], /"extra" is one word too many/, /--help/],
  ["a missing value of an option", ["ingest", "--codex-home"], /--codex-home is missing its value/, /--help/],
  ["a missing option", ["idea", "add"], /^--file was not given\.$/, /add --file VALUE; codex-loop idea add --help/],
  [
    "two missing options",
    ["policy", "check", "--repo", "x"],
    /^--base and --head were not given\.$/,
    /--base VALUE --head VALUE; codex-loop policy check --help/,
  ],
  [
    "a missing value of a required option",
    ["idea", "add", "--file", "--wait"],
    /--file is missing its value/,
    /--help/,
  ],
  ["a missing value of a global option", ["report", "--store"], /--store is missing its value/, /--store PATH/],
  ["a port that cannot be", ["up", "--port", "70000"], /--port/, /0 to 65535/],
  ["a category nobody named", ["signals", "--category", "exec_failur"], /--category cannot be exec_failur/, /--help/],
  ["a format nobody had", ["compat", "loops", SEGMENT], /no predecessor's format loops/, /spine/],
])("[HSE-8] %s is exit 2", async (_what, words, what, doThis) => {
  await expectFailure(words, { exit: 2, code: "usage", says: [what, doThis] });
});

test("[HSE-8] a mistake in a settings file names file, line and key, exit 2", async () => {
  await using home = await emptyHome();
  await mkdir(join(home.home, ".codex-loop"));
  await writeFile(join(home.home, ".codex-loop/config.yaml"), "port: 7400\nminimun_n: 3\n");
  await expectFailure(["report"], { exit: 2, code: "config_invalid", says: [/config\.yaml:2/, /minimum_n/] }, home);
});

test("[STO-4] audit verify of a log with a changed row is exit 3 and says where", async () => {
  const store = join(around.home, "tampered.db");
  await callCli(["store", "backup", store], around);
  const file = new DatabaseSync(store);
  for (const { name } of file
    .prepare("select name from sqlite_schema where type = 'trigger' and tbl_name = 'events'")
    .all()) {
    file.exec(`drop trigger ${String(name)}`);
  }
  file.exec("update events set actor = 'nobody' where seq = (select min(seq) from events)");
  file.close();
  const told = await callCli(["audit", "verify", "--store", store], around);
  expect(told).toMatchObject({ code: 3, stderr: "" });
  expect(told.stdout).toMatch(/does not hold\.\nSeal 1 over events 1 to \d+: .*\nDo this: /);
  expect(documentOf(await callCli(["audit", "verify", "--store", store, "--json"], around))).toMatchObject({
    ok: false,
    first_bad: { seal: 1 },
  });
});

test("[STO-4] audit verify against a seal kept elsewhere is exit 3 when the log has another", async () => {
  const { seal } = documentOf(await callCli(["audit", "verify", "--json"], around)) as {
    seal: { n: number; hash: string };
  };
  const kept = await callCli(["audit", "verify", "--seal", `${seal.n}:${seal.hash}`], around);
  expect(kept).toMatchObject({ code: 0, stderr: "" });
  expect(kept.stdout).toContain(`${seal.n}:${seal.hash}`);
  for (const [mark, reason] of [
    [`${seal.n}:${"0".repeat(64)}`, "seal_changed"],
    [`${seal.n + 1}:${seal.hash}`, "seal_missing"],
  ] as const) {
    const told = await callCli(["audit", "verify", "--seal", mark, "--json"], around);
    expect(told.code).toBe(3);
    expect(documentOf(told)).toMatchObject({ ok: false, first_bad: { reason } });
  }
});

test("[TRC-14] trace validate of a broken segment is exit 3 and names the first bad line", async () => {
  const segment = join(around.home, "segment-000.jsonl");
  await copyFile(SEGMENT, segment);
  const lines = (await readFile(segment, "utf8")).trimEnd().split("\n");
  await appendFile(segment, `${lines.at(-1)}\n`);
  const told = await callCli(["trace", "validate", segment, "--json"], around);
  expect(told.code).toBe(3);
  expect(documentOf(told)).toMatchObject({ valid: false, errors: [{ line: lines.length + 1 }] });
});

test.each([
  [
    "a path that is not there",
    ["ingest", "/no/such/path"],
    "path_missing",
    /nothing at \/no\/such\/path/,
    /Codex home/,
  ],
  ["no Codex home", ["ingest"], "path_missing", /no Codex home/, /--codex-home/],
  ["no Codex home to count tokens of", ["usage"], "path_missing", /\.codex/, /--codex-home|Codex home/],
  ["a session nobody read", ["sessions", "show", "01ffffff"], "not_found", /no session 01ffffff/, /sessions list/],
  [
    "a session nobody read, to judge",
    ["signals", "--session", "01ffffff"],
    "not_found",
    /no session 01ffffff/,
    /sessions list/,
  ],
  [
    "a session to bundle",
    ["trace", "bundle", "--session-id", "x", "--output", "b"],
    "not_found",
    /no session x/,
    /sessions list/,
  ],
  ["a segment", ["trace", "validate", "/no/segment.jsonl"], "path_missing", /\/no\/segment\.jsonl/, /spelling/],
  ["an export", ["store", "import", "/no/export"], "path_missing", /\/no\/export/, /spelling/],
  ["a predecessor's file", ["compat", "spine", "/no/file"], "path_missing", /\/no\/file/, /spelling/],
])("[HSE-8] %s that is not there is exit 5", async (_what, words, code, what, doThis) => {
  await expectFailure(words, { exit: 5, code, says: [what, doThis] });
});

test.each([
  ["sessions", "list"],
  ["report"],
  ["search", "x"],
  ["signals"],
  ["audit", "verify"],
  ["store", "report"],
  ["store", "backup", "copy.db"],
  ["store", "prune", "--older-than", "1"],
])(
  "[HSE-8] a question to a store that is not there makes none: exit 5 with the two ways to one (%s %s)",
  async (...words) => {
    await using home = await emptyHome();
    const says = [/no store at .*store\.db/, /codex-loop init.*--store/] as const;
    await expectFailure(
      words.filter((word) => word !== undefined),
      { exit: 5, code: "path_missing", says },
      home,
    );
    expect(await callCli(["init", "--json"], home)).toMatchObject({
      stdout: expect.stringContaining(`"created":true`),
    });
  },
);

test("[HSE-8, STO-8] nothing is written over and no store is mixed: exit 6", async () => {
  const path = join(around.home, "kept.ndjson");
  await callCli(["store", "export", path], around);
  const says = [/already/, /another file/] as const;
  await expectFailure(["store", "export", path], { exit: 6, code: "conflict", says });
  await expectFailure(["store", "backup", path], { exit: 6, code: "conflict", says });
  await expectFailure(["store", "import", path], { exit: 6, code: "conflict", says: [/not empty/, /new store/] });
  const bundle = ["trace", "bundle", "--session-id", "01a1f6cc-d141-7c00-b310-1386da479849", "--output", around.home];
  await expectFailure(bundle, { exit: 6, code: "conflict", says: [/not empty/, /another folder/] });
});

test("[HSE-8, JOB-2] a taken port is exit 6, names how to ask who, and the next port", async () => {
  await using home = await emptyHome();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    const says = [new RegExp(`Port ${port} .* taken`), new RegExp(`ss -ltnp .*:${port}.*--port ${port + 1}`)] as const;
    const words = ["up", "--no-ingest", "--quiet", "--port", String(port)];
    await expectFailure(words, { exit: 6, code: "port_taken", says }, home);
  } finally {
    other.close();
  }
});

test("[HSE-8, STO-2] a store made by a newer program is refused: exit 6", async () => {
  const store = join(around.home, "newer.db");
  await callCli(["store", "backup", store], around);
  const file = new DatabaseSync(store);
  const [first] = file.prepare("select * from schema_migrations").all();
  const row = { ...first, version: 999 };
  const names = Object.keys(row);
  file
    .prepare(`insert into schema_migrations (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`)
    .run(...Object.values(row));
  file.close();
  for (const words of [
    ["sessions", "list"],
    ["ingest", SAMPLE],
  ]) {
    await expectFailure([...words, "--store", store], { exit: 6, code: "store_newer", says: [/newer/, /./] });
  }
});

test("[HSE-8] a file that is no store is exit 1, in three lines", async () => {
  const path = join(around.home, "no-store.db");
  await writeFile(path, "this is a text file, not a database\n".repeat(200));
  await expectFailure(["report", "--store", path], { exit: 1, code: "store_unreadable", says: [/no-store\.db/, /./] });
});

test("[HSE-8, JOB-2] Ctrl-C in a long ingest is exit 130, and the same command goes on where it stopped", async () => {
  await using interrupted = await emptyHome();
  await using whole = await emptyHome();
  const corpus = generateCorpus({ folder: join(whole.home, "corpus"), bytes: 60_000_000, shape: "synthetic", seed: 7 });
  const words = ["ingest", join(whole.home, "corpus"), "--json"];
  await mkdir(join(interrupted.home, ".codex-loop"));
  const changes = watch(join(interrupted.home, ".codex-loop"));
  const child = startCli(words, interrupted);
  for await (const { filename } of changes) if (filename === "store.db-wal") break;
  child.kill("SIGINT");
  const [code, stdout, stderr] = await Promise.all([
    ended(child),
    child.stdout.toArray().then((parts) => parts.join("")),
    child.stderr.toArray().then((parts) => parts.join("")),
  ]);
  expect({ code, stdout: JSON.parse(stdout) }).toMatchObject({ code: 130, stdout: { error: { code: "interrupted" } } });
  expect(stderr).toContain("Stopping after the work at hand");

  expect(await spawnCli(words, whole)).toMatchObject({ code: 0 });
  const rest = await spawnCli(words, interrupted);
  expect(documentOf(rest)).toMatchObject({ unreadable: 0 });
  const sessions = async (home: typeof whole): Promise<string> =>
    (await callCli(["sessions", "list", "--json"], home)).stdout;
  expect(await sessions(interrupted)).toBe(await sessions(whole));
  expect(JSON.parse(await sessions(whole))).toHaveLength(corpus.files);
});
