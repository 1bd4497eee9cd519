/** The gateway over a real store: caps that hold, tokens that end, and a key that stays where it is. */
import { readdir, readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { loadConfig, type LoadedConfig } from "../../src/config/load-config.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { seededRandom } from "../../src/kit/random.ts";
import { ok } from "../../src/kit/result.ts";
import { capScopeOf } from "../../src/model/cap.ts";
import { idOf, type AttemptId } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { listRequests } from "../../src/store/ledger/list-requests.ts";
import { refusedCap } from "../../src/store/ledger/refused-cap.ts";
import { settleAttempt } from "../../src/store/ledger/settle-attempt.ts";
import type { Store } from "../../src/store/store.ts";
import { mintToken } from "../../src/store/tokens/mint-token.ts";
import { revokeTokens } from "../../src/store/tokens/revoke-tokens.ts";
import { openGateway } from "../../src/world/gateway.ts";
import type { RunningGateway } from "../../src/adapters/gateway/listen.ts";
import { openAttempt } from "../contracts/money-fixture.ts";
import { answerStream, completed, event, openUpstream, usageOf, type Answering } from "../fakes/upstream.ts";

const KEY = "sk-proj-Zx81TheRealKeyOfThisPerson99";
const STAMP = { actor: "test" };
const ONE = idOf.attempt("attempt-1");
const TWO = idOf.attempt("attempt-2");

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "codex-loop-gateway-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function configOf(env: Readonly<Record<string, string>>): Promise<LoadedConfig> {
  const readFileOf = (path: string): ReturnType<Parameters<typeof loadConfig>[0]["readFile"]> =>
    Promise.resolve(ok(path.endsWith("config.yaml") ? PRICES : null));
  const loaded = await loadConfig({ flags: {}, env, cwd: folder, userHome: folder, readFile: readFileOf });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

/** One dollar a million tokens of input, ten of output; an answer reserves a hundred tokens. */
const PRICES = `
prices: [{model: priced, from: 2026-01-01, input: 1, cached_input: 0.1, output: 10}]
gateway.output_tokens: 100
`;

async function openFile(): Promise<Store> {
  const path = join(folder, "store.db");
  const opened = await openSqlite({ path, clock: systemClock, random: seededRandom(1), mode: "write" });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

interface Setup extends AsyncDisposable {
  readonly store: Store;
  readonly gateway: RunningGateway;
  readonly sent: () => number;
  readonly troubles: readonly unknown[];
}

async function setUp(answer: Answering): Promise<Setup> {
  const upstream = await openUpstream(answer);
  const store = await openFile();
  const troubles: unknown[] = [];
  const config = await configOf({ CODEX_LOOP_UPSTREAM_URL: upstream.url, CODEX_LOOP_UPSTREAM_KEY: KEY });
  const opened = await openGateway(config, { store, clock: systemClock, trouble: (error) => troubles.push(error) });
  if (!opened.ok) throw new Error(opened.failure.message);
  const gateway = opened.value;
  return {
    store,
    gateway,
    troubles,
    sent: () => upstream.requests.length,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

function tokenFor({ store }: Setup, use: "gateway" | "host" = "gateway", attemptId: AttemptId = ONE): Promise<string> {
  const expiresAt = instantOf(systemClock.now() + 60_000);
  return store.write(STAMP, (tx) => mintToken(tx, { use, attemptId, fence: 1, expiresAt }));
}

const NO_LIMITS = {
  ideaTokens: null,
  ideaMicroDollars: null,
  dayTokens: null,
  dayMicroDollars: null,
  monthTokens: null,
  monthMicroDollars: null,
};

/** 300 bytes, so that 100 tokens of input are reserved with 100 of output: 1,100 micro-dollars. */
const BODY = JSON.stringify({ model: "priced", input: "x".repeat(271) });

async function ask({ gateway }: Setup, token: string, body: string = BODY): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${gateway.url}/responses`, { method: "POST", headers, body });
  const text = await response.text();
  return response.ok ? "200" : `${response.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
}

test("[GWY-3] a run is stopped at the request that its cap has no room for, before it leaves the machine", async () => {
  expect(BODY).toHaveLength(300);
  await using setup = await setUp(answerStream(completed("resp-1", 100, 60)));
  const token = await tokenFor(setup);
  // Each answer costs 160 tokens and each request needs 200 of 1,000: after five, at 800, one more just fits.
  await setup.store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps: { microDollars: 9000, responses: 100 } }));
  const answers: string[] = [];
  for (let number = 0; number < 8; number += 1) answers.push(await ask(setup, token));
  expect(answers).toEqual([...Array<string>(6).fill("200"), ...Array<string>(2).fill("429 usage_limit_reached")]);
  expect(setup.sent()).toBe(6);
  const caps = await setup.store.read((reader) => listCaps(reader, [capScopeOf.attempt(ONE)]));
  expect(caps.map(({ unit, spent, reserved }) => [unit, spent, reserved])).toEqual([
    ["responses", 6, 0],
    ["tokens", 960, 0],
    // 98 fresh and 2 cached tokens of input, 60 of output, six times.
    ["usd", 6 * 698, 0],
  ]);
  expect((await setup.store.read(listGuards)).map(({ name }) => name)).toEqual(["cap/attempt/tokens"]);
});

test("[GWY-3] requests at once go over a cap by no more than the answers in flight", async () => {
  // Every answer is twice as long as the reservation says.
  await using setup = await setUp(answerStream(completed("resp-1", 100, 300)));
  const token = await tokenFor(setup);
  await setup.store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps: { responses: 100, microDollars: 9000 } }));
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(setup, token)));
  const passed = answers.filter((said) => said === "200").length;
  // Five reservations of 200 tokens fill the cap of 1,000 at once; answers that came meanwhile can only lower that.
  expect(passed).toBeLessThanOrEqual(5);
  expect(passed).toBeGreaterThan(0);
  const [, tokens] = await setup.store.read((reader) => listCaps(reader, [capScopeOf.attempt(ONE)]));
  expect(tokens?.spent).toBe(passed * 400);
  expect(tokens?.reserved).toBe(0);
});

test("[GWY-1] a token ends with its attempt, and what was turned away is noted without the token", async () => {
  await using setup = await setUp(answerStream(completed("resp-1", 1, 1)));
  await setup.store.write(STAMP, (tx) => openAttempt(tx, ONE));
  const token = await tokenFor(setup);
  expect(await ask(setup, token)).toBe("200");
  expect(await ask(setup, await tokenFor(setup, "host"))).toBe("401 invalid_api_key");
  await setup.store.write(STAMP, async (tx) => {
    await revokeTokens(tx, ONE);
    await settleAttempt(tx, ONE);
  });
  expect(await ask(setup, token)).toBe("401 invalid_api_key");
  expect(setup.sent()).toBe(1);
  const guards = await setup.store.read(listGuards);
  // A second try within the same second is turned away, but not noted again.
  expect(guards.map(({ name }) => name)).toEqual(["token/foreign"]);
  expect(JSON.stringify(guards)).not.toContain(token.slice(4, 20));
});

test("[GWY-1] the real key reaches the provider, and is in no file, no answer and nothing that prints", async () => {
  const seen: string[] = [];
  await using setup = await setUp(({ headers, response }) => {
    seen.push(headers.authorization ?? "");
    // Some providers repeat the key they refuse.
    const error = { code: "invalid_api_key", message: `Incorrect API key: ${KEY}` };
    response.writeHead(401, { "content-type": "application/json", "x-key": KEY }).end(JSON.stringify({ error }));
  });
  await setup.store.write(STAMP, (tx) => openAttempt(tx, ONE));
  const token = await tokenFor(setup);
  const headers = { authorization: `Bearer ${token}` };
  const refused = await fetch(`${setup.gateway.url}/responses`, { method: "POST", headers, body: BODY });
  expect([refused.status, await refused.json()]).toEqual([
    401,
    { error: { code: "invalid_api_key", message: "Incorrect API key: [key]" } },
  ]);
  expect(refused.headers.get("x-key")).toBeNull();
  expect(seen).toEqual([`Bearer ${KEY}`]);
  const printed = inspect([setup.gateway, setup.troubles], { depth: 20, showHidden: true });
  expect(printed).not.toContain(KEY);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const { name, parentPath } of files) {
    const bytes = await readFile(join(parentPath, name));
    expect([name, bytes.includes(KEY), bytes.includes(token)]).toEqual([name, false, false]);
  }
  expect(files.length).toBeGreaterThan(0);
});

test("[GWY-2][GWY-4] each response is a row with its thread, kind, model and what it cost, or that nobody knows", async () => {
  await using setup = await setUp((request) => {
    const { model } = JSON.parse(request.text) as { model: string };
    const response = { id: "resp-9", model, usage: usageOf(100, 60) };
    return answerStream(event({ type: "response.completed", response }))(request);
  });
  await setup.store.write(STAMP, async (tx) => {
    await openAttempt(tx, ONE);
    await tx.db.updateTable("attempts").set({ model: "unpriced" }).execute();
  });
  const token = await tokenFor(setup);
  const said = { thread_id: "thread-sub", session_id: "thread-main", request_kind: "compaction" };
  const headers = { authorization: `Bearer ${token}`, "x-codex-turn-metadata": JSON.stringify(said) };
  for (const path of ["responses", "responses/compact"]) {
    const body = JSON.stringify({ model: path === "responses" ? "priced" : "unpriced" });
    await (await fetch(`${setup.gateway.url}/${path}`, { method: "POST", headers, body })).text();
  }
  // Closing waits until all is settled.
  await setup.gateway[Symbol.asyncDispose]();
  const rows = await setup.store.read((reader) => listRequests(reader, ONE));
  const one = { thread_id: "thread-sub", request_kind: "compaction", response_id: "resp-9", status: 200, total: 160 };
  expect(rows).toMatchObject([
    { ...one, model: "priced", usd: 698, provenance: "measured" },
    { ...one, model: "unpriced", usd: null, reserved_usd: null, provenance: "measured" },
  ]);
});

test("[GWY-1] without a key the gateway does not open, and says what to set", async () => {
  await using store = await openFile();
  const opened = await openGateway(await configOf({}), { store, clock: systemClock, trouble: () => undefined });
  expect(opened).toMatchObject({ ok: false, failure: { code: "auth_missing" } });
});

test("[GWY-3] two hundred requests at once pass a cap by eight answers at most, however large they are", async () => {
  // What each comes to is five times what was reserved for it.
  const large = { input: 400_000, output: 100_000 };
  const answer = answerStream(completed("resp-1", large.input, large.output));
  const { promise: full, resolve: isFull } = Promise.withResolvers<void>();
  const { promise: free, resolve: isFree } = Promise.withResolvers<void>();
  let sent = 0;
  await using setup = await setUp(async (request) => {
    if (request.text.includes("other")) return answer(request);
    if ((sent += 1) === 8) isFull();
    await free;
    await answer(request);
  });
  const token = await tokenFor(setup);
  const cap = 3_000_000;
  const caps = { tokens: cap, responses: 1000, microDollars: 1_000_000_000 };
  await setup.store.write(STAMP, async (tx) => {
    await openAttempt(tx, ONE, { caps, limits: NO_LIMITS });
    await openAttempt(tx, TWO, { caps: { ...caps, tokens: 2 * cap }, limits: NO_LIMITS, number: 2 });
  });
  const body = JSON.stringify({ model: "priced", input: `data:image/png;base64,${"A".repeat(300_000)}` });
  const asked = Array.from({ length: 200 }, () => ask(setup, token, body));
  await full;
  // Whatever could overtake the eight has done so once requests of another attempt came and went behind it.
  const other = await tokenFor(setup, "gateway", TWO);
  for (let number = 0; number < 5; number += 1)
    await ask(setup, other, JSON.stringify({ model: "priced", input: "other" }));
  isFree();
  const answers = await Promise.all(asked);
  const [, tokens] = await setup.store.read((reader) => listCaps(reader, [capScopeOf.attempt(ONE)]));
  const spent = tokens?.spent ?? 0;
  expect(spent).toBe(answers.filter((said) => said === "200").length * (large.input + large.output));
  expect(spent).toBeGreaterThan(cap);
  expect(spent).toBeLessThanOrEqual(cap + 8 * (large.input + large.output));
  expect(answers.filter((said) => said === "429 usage_limit_reached").length).toBe(200 - sent);
  expect(tokens?.reserved).toBe(0);
});

test("[GWY-3] what a request may not ask for is refused before it is sent, and a row says what it was", async () => {
  await using setup = await setUp(answerStream(completed("resp-1", 100, 60)));
  await setup.store.write(STAMP, (tx) => openAttempt(tx, ONE));
  const token = await tokenFor(setup);
  const asked = [
    { model: "unknown" },
    { model: "gpt-5.5", previous_response_id: "resp-0" },
    { model: "priced", tools: [{ type: "web_search" }] },
    { model: "priced", service_tier: "priority" },
  ];
  for (const body of asked) expect(await ask(setup, token, JSON.stringify(body))).toBe("400 invalid_request");
  expect(setup.sent()).toBe(0);
  const rows = await setup.store.read((reader) => listRequests(reader, ONE));
  expect(rows.map(({ state, error, total }) => [state, error, total])).toEqual([
    ["refused", "forbidden_model", null],
    ["refused", "forbidden_previous_response_id", null],
    ["refused", "forbidden_tool", null],
    ["refused", "forbidden_service_tier", null],
  ]);
  expect(await setup.store.read((reader) => refusedCap(reader, ONE))).toBeNull();
  // A sub-agent may use another model whose price is known.
  expect(await ask(setup, token, JSON.stringify({ model: "gpt-5.4-mini" }))).toBe("200");
});
