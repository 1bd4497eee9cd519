/** The main job as people meet it: `up` on a machine with and without recordings of their own. */
import { readFile, stat } from "node:fs/promises";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anotherSession } from "../fakes/another-session.ts";
import { callCli, documentOf, emptyHome, mustCall, spawnCli } from "../fakes/run-cli.ts";
import { ask, type LiveEvent, liveEvents, type RunningUp, startUp } from "../fakes/running-up.ts";

interface Session {
  readonly id: string;
  readonly sample: boolean;
}

async function sessions(around: { readonly home: string }): Promise<readonly Session[]> {
  return documentOf(await mustCall(["sessions", "list", "--json"], around)) as readonly Session[];
}

test("[JOB-1] without any recordings the samples are read, judged, priced and reported, and every view says so", async () => {
  await using around = await emptyHome();
  const started = performance.now();
  await using up = await startUp(around);
  expect(performance.now() - started).toBeLessThan(60_000);
  expect(up.answer.report).toMatchObject({ sample_data: true, friction_cost: expect.any(Array) });
  const { friction_cost: costs, signals } = up.answer.report as {
    friction_cost: unknown[];
    signals: { friction: number };
  };
  expect([costs.length > 3, signals.friction > 10]).toEqual([true, true]);
  expect(up.said()).toMatch(/^Console: http:\/\/127\.0\.0\.1:\d+\/#\/\?operator=[0-9a-f]{48}$/m);

  expect((await ask(`${up.url}readyz`)).body).toEqual({ ok: true, sample_data: true });
  const listed = (await ask(`${up.url}api/sessions`)).body as readonly Session[];
  expect(listed.length).toBeGreaterThan(15);
  expect(listed.every((session) => session.sample)).toBe(true);
  expect((await ask(`${up.url}api/report`)).body).toMatchObject({ sample_data: true });
  const told = [await mustCall(["report"], around), await mustCall(["sessions", "list"], around)];
  expect(told.map(({ stdout }) => stdout.includes("sample data"))).toEqual([true, true]);
  expect(readdirSync(around.home)).toEqual([".codex-loop"]);
});

test("[JOB-1] samples are refused where there is a Codex home, be it empty", async () => {
  await using around = await emptyHome();
  mkdirSync(join(around.home, ".codex"));
  await using up = await startUp(around);
  expect(up.answer.report).toMatchObject({ sample_data: false, sessions: 0 });
  expect((await ask(`${up.url}readyz`)).body).toEqual({ ok: true, sample_data: false });
});

test("[JOB-1] samples are refused where the store holds something of the person's own", async () => {
  await using around = await emptyHome();
  const own = anotherSession(join(around.home, "elsewhere"), 1);
  await mustCall(["ingest", own.path], around);
  await using up = await startUp(around);
  expect(up.answer.report).toMatchObject({ sample_data: false, sessions: 1 });
  expect(await sessions(around)).toMatchObject([{ id: own.id, sample: false }]);
});

test("[JOB-1] the person's own recordings take the place of the samples, and nothing brings those back", async () => {
  await using around = await emptyHome();
  await using up = await startUp(around);
  expect((await sessions(around)).length).toBeGreaterThan(15);
  const own = anotherSession(join(around.home, "elsewhere"), 1);
  expect(await spawnCli(["ingest", own.path, "--json"], around)).toMatchObject({ code: 0 });
  expect(await sessions(around)).toMatchObject([{ id: own.id, sample: false }]);
  expect((await ask(`${up.url}readyz`)).body).toMatchObject({ sample_data: false });
  const token = (await readFile(join(around.home, ".codex-loop/operator-token"), "utf8")).trim();
  const again = await ask(`${up.url}api/ingest`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  expect(again).toMatchObject({ status: 200, body: { files: 0 } });
  expect(await up.stop()).toBe(0);

  const report = documentOf(await mustCall(["report", "--json"], around));
  expect(report).toMatchObject({ sample_data: false, sessions: 1, tokens: { total: 4490 } });
  const rows = documentOf(await mustCall(["store", "report", "--json"], around)) as {
    tables: readonly { table: string; rows: number }[];
  };
  const left = Object.fromEntries(rows.tables.map(({ table, rows: count }) => [table, count]));
  expect(left).toMatchObject({
    sessions: 1,
    segments: 1,
    ingest_cursors: 1,
    unreadable_lines: 0,
  });
  await using second = await startUp(around);
  expect(second.answer.report).toMatchObject({ sample_data: false, sessions: 1 });
});

test("[JOB-1] --no-ingest reads nothing, whatever there is to read", async () => {
  await using around = await emptyHome();
  anotherSession(join(around.home, ".codex"), 1);
  await using up = await startUp(around, ["--no-ingest"]);
  expect(up.answer.report).toMatchObject({ sessions: 0, sample_data: false });
  expect((await ask(`${up.url}api/sessions`)).body).toEqual([]);
});

test("[JOB-2] Ctrl-C ends it at once with 0, with a reader connected, and leaves nothing listening", async () => {
  await using around = await emptyHome();
  anotherSession(join(around.home, ".codex"), 1);
  const up = await startUp(around);
  const feed = liveEvents(up.url);
  expect((await feed.next()).value).toMatchObject({ event: "hello" });
  const asked = performance.now();
  expect(await up.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(up.said()).toContain("Stopping after the work at hand");
  await expect(ask(`${up.url}healthz`)).rejects.toThrow(/ECONNREFUSED/);
  expect(documentOf(await mustCall(["audit", "verify", "--json"], around))).toMatchObject({ ok: true });
  await feed.return(undefined);
});

test("[JOB-2] a second start on the same store works, beside commands that read and write at the same time", async () => {
  await using around = await emptyHome();
  for (const n of [1, 2, 3]) anotherSession(join(around.home, ".codex"), n);
  await using first = await startUp(around);
  await using second = await startUp(around);
  expect(second.url).not.toBe(first.url);
  const late = anotherSession(join(around.home, "elsewhere"), 4);
  const commands = [
    ["ingest", late.path],
    ["sessions", "list"],
    ["signals"],
    ["report"],
    ["audit", "verify"],
    ["ingest"],
  ];
  const codes = await Promise.all(commands.map(async (words) => (await spawnCli(words, around)).code));
  expect(codes).toEqual(commands.map(() => 0));
  const seen = await Promise.all([first, second].map(async ({ url }) => (await ask(`${url}api/sessions`)).body));
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toHaveLength(4);
  expect([await first.stop(), await second.stop()]).toEqual([0, 0]);
});

/** Events until one of this type has come, that one last. */
async function until(feed: AsyncGenerator<LiveEvent>, type: string): Promise<readonly LiveEvent[]> {
  const events: LiveEvent[] = [];
  for (;;) {
    const { value, done } = await feed.next();
    if (done === true) throw new Error(`the feed ended before ${type}`);
    events.push(value);
    if (value.event === type) return events;
  }
}

test("[JOB-3] the live feed brings what other processes read; who was away gets what was missed, and nothing twice", async () => {
  await using around = await emptyHome();
  await using up = await startUp(around, ["--no-ingest"]);
  const feed = liveEvents(up.url);
  expect((await feed.next()).value).toMatchObject({ event: "hello" });
  await spawnCli(["ingest", anotherSession(join(around.home, "elsewhere"), 1).path], around);
  const first = await until(feed, "traces.ingested");
  expect(first.at(-1)).toMatchObject({ data: { type: "traces.ingested", payload: { files: 1, sessions: 1 } } });
  await feed.return(undefined);

  await spawnCli(["ingest", anotherSession(join(around.home, "elsewhere"), 2).path], around);
  await spawnCli(["ingest", anotherSession(join(around.home, "elsewhere"), 3).path], around);
  const back = liveEvents(up.url, first.at(-1)?.id);
  const missed = [...(await until(back, "traces.ingested")), ...(await until(back, "traces.ingested"))];
  await back.return(undefined);
  const reads = missed.filter(({ event }) => event === "traces.ingested");
  expect(reads).toMatchObject([{ data: { payload: { files: 1 } } }, { data: { payload: { files: 1 } } }]);
  const ids = [...first, ...missed].filter(({ event }) => event !== "hello").map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

const HOSTILE = `</script><img src=x onerror="alert(1)"> & 'quotes' \u202E {{7*7}}`;

let shared: { readonly around: Awaited<ReturnType<typeof emptyHome>>; readonly up: RunningUp; readonly own: string };
beforeAll(async () => {
  const around = await emptyHome();
  const own = anotherSession(join(around.home, ".codex"), 1, HOSTILE).id;
  shared = { around, up: await startUp(around), own };
});
afterAll(async () => {
  await shared.up[Symbol.asyncDispose]();
  await shared.around[Symbol.asyncDispose]();
});

test("[JOB-3] the API answers with the documents that the commands print", async () => {
  const { around, up, own } = shared;
  const pairs = [
    ["api/sessions", ["sessions", "list"]],
    [`api/sessions/${own}`, ["sessions", "show", own]],
    ["api/signals", ["signals"]],
    [`api/signals?session=${own}`, ["signals", "--session", own]],
    ["api/search?text=working", ["search", "working"]],
    ["api/usage?by=session", ["usage", "--by", "session"]],
    ["api/usage?by=model", ["usage", "--by", "model"]],
  ] as const;
  for (const [path, words] of pairs) {
    const answered = await ask(`${up.url}${path}`);
    expect(answered).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(answered.body).toEqual(documentOf(await callCli([...words, "--json"], around)));
  }
  const report = documentOf(await callCli(["report", "--json"], around)) as object;
  expect((await ask(`${up.url}api/report`)).body).toEqual({ ...report, generated_at: expect.any(String) });
  expect((await ask(`${up.url}healthz`)).body).toEqual({ ok: true, version: expect.any(String) });
});

test("[JOB-3] hostile text of a recording stays text: JSON, never sniffed as anything else", async () => {
  const answered = await ask(`${shared.up.url}api/sessions/${shared.own}`);
  expect((answered.body as { title: string }).title).toContain("<img src=x onerror");
  expect(answered.headers).toMatchObject({ "content-type": "application/json", "x-content-type-options": "nosniff" });
  const terminal = await callCli(["sessions", "show", shared.own], { ...shared.around, terminal: { columns: 200 } });
  expect(terminal.stdout).toContain("<img src=x onerror");
  expect(terminal.stdout).not.toContain("\u202E");
});

test("[JOB-3] the page may run its own files only, on every answer, errors too", async () => {
  for (const path of ["", "api/sessions", "healthz", "no/such/place"]) {
    const { headers } = await ask(`${shared.up.url}${path}`);
    const policy = String(headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
  const page = await ask(shared.up.url);
  expect(page).toMatchObject({ status: 200, headers: { "content-type": expect.stringMatching(/^text\/html/) } });
});

test("[JOB-3] an address that is nothing answers 404 with what to do", async () => {
  const { up } = shared;
  for (const path of ["no/such/place", "api/nothing", "api/sessions/01ffffff"]) {
    expect(await ask(`${up.url}${path}`)).toMatchObject({
      status: 404,
      body: { error: { code: "not_found", message: expect.any(String), hint: expect.any(String), retry: "never" } },
    });
  }
  expect((await ask(`${up.url}..%2f..%2fpackage.json`)).status).toBe(404);
});

const FOREIGN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["another host", { host: "evil.example" }],
  ["another port of this machine", { host: "127.0.0.1:1" }],
  ["a page of another site", { origin: "https://evil.example" }],
  ["a sandboxed page", { origin: "null" }],
];
test.each(FOREIGN)("[JOB-3] %s is refused with 403, to read and to write", async (_who, headers) => {
  const { up, around } = shared;
  const token = await operatorToken(around);
  for (const path of ["api/sessions", "live", "healthz", ""]) {
    expect(await ask(`${up.url}${path}`, { headers })).toMatchObject({
      status: 403,
      body: { error: { code: "gate_says_no" } },
    });
  }
  const write = { method: "POST", headers: { ...headers, authorization: `Bearer ${token}` } };
  expect((await ask(`${up.url}api/ingest`, write)).status).toBe(403);
});

test("[JOB-3] a write needs the operator's token; reading and its own origin need none", async () => {
  const { up, around } = shared;
  const token = await operatorToken(around);
  const post = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await ask(`${up.url}api/ingest`, { method: "POST", headers })).status;
  expect(await post({})).toBe(401);
  expect(await post({ authorization: "Bearer " })).toBe(401);
  expect(await post({ authorization: `Bearer ${token.replace(/.$/, "x")}` })).toBe(401);
  expect(await post({ cookie: `operator=${token}` })).toBe(401);
  expect(await post({ authorization: `Bearer ${token}`, origin: up.url.slice(0, -1) })).toBe(200);
  expect((await ask(`${up.url}api/ingest?operator=${token}`, { method: "POST" })).status).toBe(401);
});

test("[JOB-3] the operator's token lies beside the store, for its owner's eyes, and the link carries it once", async () => {
  const { up, around } = shared;
  const home = join(around.home, ".codex-loop");
  const modes = await Promise.all(
    [home, join(home, "operator-token"), join(home, "store.db")].map((path) => stat(path)),
  );
  expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(["700", "600", "600"]);
  const token = await operatorToken(around);
  expect(token).toMatch(/^[0-9a-f]{48}$/);
  expect(up.said().split(token)).toHaveLength(2);
  expect(JSON.stringify(up.answer)).not.toContain(token);
});

async function operatorToken(around: { readonly home: string }): Promise<string> {
  return (await readFile(join(around.home, ".codex-loop/operator-token"), "utf8")).trim();
}
