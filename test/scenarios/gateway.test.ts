import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import net from "node:net";
import { expect, test } from "vitest";
import { listenGateway, type RunningGateway } from "../../src/adapters/gateway/listen.ts";
import type { SlotLimits } from "../../src/adapters/gateway/attempt-slots.ts";
import type { BodyLimits } from "../../src/adapters/gateway/read-body.ts";
import { OTHER_TOKEN, recordedMeter, TOKEN, type RecordedMeter } from "../fakes/recorded-meter.ts";
import { answerStream, beginStream, completed, event, openUpstream, usageOf } from "../fakes/upstream.ts";
import type { Answering, FakeUpstream } from "../fakes/upstream.ts";

const KEY = "sk-the-real-key";

interface Setup extends AsyncDisposable {
  readonly gateway: RunningGateway;
  readonly upstream: FakeUpstream;
  readonly meter: RecordedMeter;
  readonly troubles: readonly unknown[];
}

interface Wishes {
  readonly idleMs?: number;
  readonly bodies?: BodyLimits;
  readonly slots?: SlotLimits;
  readonly url?: string;
}

async function setUp(answer: Answering, wishes: Wishes = {}): Promise<Setup> {
  const upstream = await openUpstream(answer);
  const meter = recordedMeter();
  const troubles: unknown[] = [];
  const opened = await listenGateway({
    meter,
    upstream: {
      url: new URL(wishes.url ?? upstream.url),
      headers: [{ name: "OpenAI-Project", value: "ours" }],
      key: () => KEY,
    },
    idleMs: wishes.idleMs ?? 60_000,
    ...(wishes.bodies === undefined ? {} : { bodies: wishes.bodies }),
    ...(wishes.slots === undefined ? {} : { slots: wishes.slots }),
    trouble: (error) => troubles.push(error),
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  const gateway = opened.value;
  return {
    gateway,
    upstream,
    meter,
    troubles,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

const BODY = JSON.stringify({ model: "priced", input: "hello", stream: true });

/** The head of an answer, its body not yet read. */
async function begin({ gateway }: Setup, path: string, asking: Asking = {}): Promise<IncomingMessage> {
  const { method = "POST", headers = {}, body = BODY } = asking;
  const url = `http://127.0.0.1:${gateway.port}${path}`;
  const request = http.request(url, {
    method,
    agent: false,
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers },
  });
  request.end(method === "GET" ? undefined : body);
  const [message] = (await once(request, "response")) as [IncomingMessage];
  return message;
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

async function ask(setup: Setup, path: string, asking: Asking = {}): Promise<Answered> {
  const message = await begin(setup, path, asking);
  const text = Buffer.concat(await message.toArray()).toString("utf8");
  return { status: message.statusCode, headers: message.headers, text };
}

const fine = answerStream(event({ type: "response.created", response: {} }), completed("resp-1", 10, 5));

test("[GWY-1] three routes are forwarded to fixed paths, everything else is 404 and goes nowhere", async () => {
  await using setup = await setUp(fine);
  for (const [method, path] of [
    ["POST", "/v1/responses"],
    ["POST", "/v1/responses/compact"],
    ["GET", "/v1/models?client_version=0.169.0"],
  ] as const) {
    expect((await ask(setup, path, { method })).status).toBe(200);
  }
  expect(setup.upstream.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /v1/responses",
    "POST /v1/responses/compact",
    "GET /v1/models?client_version=0.169.0",
  ]);
  for (const [method, path] of [
    ["POST", "/v1/analytics/codex/turn-costs"],
    ["GET", "/v1/responses"],
    ["GET", "/v1/responses/resp-1"],
    ["DELETE", "/v1/models"],
    ["POST", "/v1/responses/"],
    ["POST", "/v1/responses/../files"],
    ["POST", "/v1/%72esponses"],
    ["POST", "//v1/responses"],
    ["GET", "/"],
  ] as const) {
    const { status, text } = await ask(setup, path, { method });
    expect([path, status, JSON.parse(text)]).toMatchObject([path, 404, { error: { code: "not_found" } }]);
  }
  expect(setup.upstream.requests).toHaveLength(3);
});

test("[GWY-1] without a good token nothing leaves the machine", async () => {
  await using setup = await setUp(fine);
  for (const headers of [
    { authorization: "" },
    { authorization: "Bearer clg_of-another-run" },
    { authorization: `Basic ${TOKEN}` },
    { authorization: `Bearer ${TOKEN} x` },
    { authorization: "Bearer wrong", "x-api-key": TOKEN },
  ]) {
    for (const path of ["/v1/responses", "/v1/responses/compact"]) {
      const { status, text } = await ask(setup, path, { headers });
      expect([status, JSON.parse(text)]).toMatchObject([401, { error: { code: "invalid_api_key" } }]);
    }
    expect((await ask(setup, "/v1/models", { method: "GET", headers })).status).toBe(401);
  }
  expect(setup.upstream.requests).toEqual([]);
  expect(setup.meter.facts).toEqual([]);
});

test("[GWY-1] the provider gets the real key and our headers, and nothing of the agent's token or machine", async () => {
  await using setup = await setUp(fine);
  await ask(setup, "/v1/responses", {
    headers: {
      "openai-project": "somebody-else",
      "openai-organization": "somebody-else",
      "openai-beta": "responses=1",
      "x-api-key": TOKEN,
      cookie: `a=${TOKEN}`,
      "x-forwarded-for": "10.0.0.1",
      "accept-encoding": "gzip, br",
      connection: "keep-alive, openai-beta-not",
      "x-codex-turn-metadata": JSON.stringify({ workspaces: { "/home/person/secret-project": {} } }),
      "x-codex-turn-state": "sticky",
      session_id: "thread-1",
    },
  });
  const [seen] = setup.upstream.requests;
  expect(seen?.text).toBe(BODY);
  const { host, ...headers } = seen?.headers ?? {};
  expect(host).toBe(new URL(setup.upstream.url).host);
  expect(headers).toEqual({
    "content-type": "application/json",
    "content-length": String(BODY.length),
    "openai-beta": "responses=1",
    "openai-project": "ours",
    "x-codex-turn-state": "sticky",
    session_id: "thread-1",
    "accept-encoding": "identity",
    authorization: `Bearer ${KEY}`,
    connection: "keep-alive",
  });
});

test("[GWY-1] requests that two readers would cut differently are refused before anything leaves", async () => {
  await using setup = await setUp(fine);
  const head = `POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\n`;
  for (const raw of [
    `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${head}content-length: 5\r\ncontent-length: 6\r\n\r\nhello`,
    `${head}x: y\r\n z: smuggled\r\ncontent-length : 2\r\n\r\n{}`,
    `${head}x: ${"a".repeat(70_000)}\r\n\r\n`,
  ]) {
    const socket = net.connect(setup.gateway.port, "127.0.0.1");
    socket.write(raw);
    const text = Buffer.concat(await socket.toArray()).toString("utf8");
    expect(text).toMatch(/^HTTP\/1\.1 4(00|31) /);
  }
  expect(setup.upstream.requests).toEqual([]);
  expect(setup.meter.facts).toEqual([]);
});

test("[GWY-2] an answer streams through as it comes, byte for byte, and its usage is counted and attributed", async () => {
  const first = event({ type: "response.output_text.delta", delta: "grüß" });
  const last = completed("resp-1", 10, 5);
  const { promise: seenFirst, resolve: firstSeen } = Promise.withResolvers<void>();
  await using setup = await setUp(async ({ response }) => {
    beginStream(response);
    response.write(first);
    // The rest is written only once the agent has the first event: nothing in between may wait for more.
    await seenFirst;
    response.end(last);
  });
  const metadata = { thread_id: "thread-7", session_id: "thread-1", request_kind: "turn", turn_id: 5 };
  const headers = { "x-codex-turn-metadata": JSON.stringify(metadata) };
  const message = await begin(setup, "/v1/responses", { headers });
  expect(message.headers).toMatchObject({ "content-type": "text/event-stream", "x-request-id": "req-1" });
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    firstSeen();
  }
  expect(chunks[0]?.toString("utf8")).toBe(first);
  expect(Buffer.concat(chunks).toString("utf8")).toBe(first + last);
  expect(setup.meter.facts).toEqual([
    { model: "priced", requestKind: "turn", threadId: "thread-7", bodyBytes: BODY.length, maxOutput: null },
  ]);
  expect(await setup.meter.settlement(1)).toEqual({
    responseId: "resp-1",
    model: "priced",
    status: 200,
    error: null,
    usage: { input: 10, cachedInput: 2, cacheWriteInput: 0, output: 5, reasoning: 1, total: 15 },
  });
});

test("[GWY-2] plain answers and compactions are counted too", async () => {
  await using setup = await setUp(({ url, response }) => {
    const id = url.endsWith("compact") ? "comp-1" : "resp-1";
    const body = JSON.stringify({ id, model: "priced", status: "completed", output: [], usage: usageOf(7, 3) });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  const body = JSON.stringify({ model: "priced", input: [], max_output_tokens: 99 });
  await ask(setup, "/v1/responses", { body });
  await ask(setup, "/v1/responses/compact", { body });
  expect(setup.meter.facts.map(({ requestKind, maxOutput }) => [requestKind, maxOutput])).toEqual([
    [null, 99],
    ["compaction", 99],
  ]);
  expect(await setup.meter.settlement(1)).toMatchObject({ responseId: "resp-1", usage: { total: 10 }, error: null });
  expect(await setup.meter.settlement(2)).toMatchObject({ responseId: "comp-1", usage: { total: 10 }, error: null });
});

test("[GWY-2] one response told twice counts once, two responses in one stream count both", async () => {
  const answers = [
    answerStream(completed("resp-1", 10, 5), completed("resp-1", 10, 5)),
    answerStream(completed("resp-1", 10, 5), completed("resp-2", 1, 1)),
  ];
  await using setup = await setUp((request) => answers.shift()?.(request));
  await ask(setup, "/v1/responses");
  await ask(setup, "/v1/responses");
  expect((await setup.meter.settlement(1)).usage?.total).toBe(15);
  expect(await setup.meter.settlement(2)).toMatchObject({
    responseId: "resp-2",
    usage: { input: 11, output: 6, total: 17 },
  });
});

test("[GWY-2] an agent that reads slowly slows the provider down, and loses nothing", async () => {
  const block = event({ type: "response.output_text.delta", delta: "x".repeat(64 * 1024) });
  const blocks = 1024;
  let written = 0;
  const { promise: full, resolve: isFull } = Promise.withResolvers<void>();
  await using setup = await setUp(async ({ response }) => {
    beginStream(response);
    for (; written < blocks; written += 1) {
      if (response.write(block)) continue;
      // Buffers on the way take some megabytes; a provider that nobody slows never waits for long.
      const drained = once(response, "drain");
      if (written > 64) isFull();
      await drained;
    }
    response.end(completed("resp-1", 1, 1));
  });
  const message = await begin(setup, "/v1/responses");
  await full;
  const stuckAt = await stopsGrowing(() => written);
  expect(stuckAt).toBeLessThan(blocks / 2);
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) bytes += chunk.length;
  expect(bytes).toBe(block.length * blocks + completed("resp-1", 1, 1).length);
  expect((await setup.meter.settlement(1)).usage?.total).toBe(2);
});

/** The value once so many rounds of the event loop, with all their reading and writing, did not change it. */
async function stopsGrowing(value: () => number): Promise<number> {
  let last = value();
  for (let quiet = 0; quiet < 500; quiet += 1) {
    await new Promise((resolve) => void setImmediate(resolve));
    if (value() !== last) quiet = 0;
    last = value();
  }
  return last;
}

test("[GWY-3] a request that does not fit is answered in the shape that ends a Codex turn, and never leaves", async () => {
  await using setup = await setUp(fine);
  setup.meter.fits = false;
  const { status, text, headers } = await ask(setup, "/v1/responses");
  expect(status).toBe(429);
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(text)).toEqual({
    error: {
      type: "usage_limit_reached",
      code: "usage_limit_reached",
      message: "The cap of attempt/attempt-1 in usd leaves no room for this request.",
      scope: "attempt/attempt-1",
      unit: "usd",
      plan_type: null,
    },
  });
  expect(setup.upstream.requests).toEqual([]);
});

test("[GWY-3] the next request is held against what the last one used, though its connection is still open", async () => {
  await using setup = await setUp(({ response }) => {
    beginStream(response);
    // The answer is whole, but the provider keeps the stream open.
    response.write(completed("resp-1", 10, 5));
  });
  const message = await begin(setup, "/v1/responses");
  await once(message, "data");
  await begin(setup, "/v1/responses");
  expect(setup.meter.log).toEqual(["payer", "reserve 1", "payer", "settle 1", "reserve 2"]);
  expect((await setup.meter.settlement(1)).usage?.total).toBe(15);
});

test("[GWY-5] the provider's refusals pass through as they are and are recorded", async () => {
  const refusals = [
    {
      status: 429,
      headers: { "retry-after": "7", "x-ratelimit-remaining-tokens": "0" },
      body: '{"error":{"code":"rate_limit_exceeded"}}',
    },
    { status: 429, headers: {}, body: '{"error":{"code":"insufficient_quota"}}' },
    { status: 500, headers: { "content-type": "text/plain" }, body: "oops" },
    { status: 401, headers: {}, body: '{"error":{"code":"invalid_api_key"}}' },
    { status: 400, headers: {}, body: '{"error":{"code":"context_length_exceeded"}}' },
  ];
  const left = [...refusals];
  await using setup = await setUp(({ response }) => {
    const next = left.shift();
    response.writeHead(next?.status ?? 500, next?.headers).end(next?.body);
  });
  for (const [at, { status, headers, body }] of refusals.entries()) {
    const answered = await ask(setup, "/v1/responses");
    expect(answered).toMatchObject({ status, headers, text: body });
    const settled = await setup.meter.settlement(at + 1);
    expect(settled).toEqual({ responseId: null, usage: null, model: null, status, error: "http_error" });
  }
});

test("[GWY-5] a response that failed is recorded as failed, with what it cost where that is said", async () => {
  const error = { code: "server_error", message: "no" };
  const answers = [
    answerStream(event({ type: "response.failed", response: { id: "resp-1", status: "failed", error } })),
    answerStream(event({ type: "response.failed", response: { id: "resp-2", error, usage: usageOf(5, 0) } })),
    answerStream(event({ type: "response.incomplete", response: { id: "resp-3", usage: usageOf(5, 6) } })),
    answerStream(event({ type: "response.completed", response: { id: "resp-4" } })),
    answerStream("data: {not json\n\n", "data: [DONE]\n\n"),
  ];
  await using setup = await setUp((request) => answers.shift()?.(request));
  const settled: unknown[] = [];
  for (let number = 1; number <= 5; number += 1) {
    await ask(setup, "/v1/responses");
    const { responseId, usage, error: word } = await setup.meter.settlement(number);
    settled.push([responseId, usage?.total ?? null, word]);
  }
  expect(settled).toEqual([
    ["resp-1", null, "response_failed"],
    ["resp-2", 5, "response_failed"],
    ["resp-3", 11, null],
    ["resp-4", null, "no_usage"],
    [null, null, "no_usage"],
  ]);
});

test("[GWY-5] a provider that cannot be reached is a 502, and surely nothing was billed", async () => {
  const gone = await openUpstream(fine);
  await gone[Symbol.asyncDispose]();
  await using setup = await setUp(fine, { url: gone.url });
  const { status, text } = await ask(setup, "/v1/responses");
  expect([status, JSON.parse(text)]).toMatchObject([502, { error: { code: "upstream_unreachable" } }]);
  expect(await setup.meter.settlement(1)).toMatchObject({ status: null, error: "unreachable" });
});

test("[GWY-5] a provider that breaks off before or within its answer breaks off here too", async () => {
  let number = 0;
  await using setup = await setUp(({ response }) => {
    number += 1;
    if (number === 1) return void response.destroy();
    beginStream(response);
    response.write(event({ type: "response.created", response: {} }), () => response.destroy());
  });
  const before = await ask(setup, "/v1/responses");
  expect([before.status, JSON.parse(before.text)]).toMatchObject([502, { error: { code: "upstream_disconnected" } }]);
  await expect(ask(setup, "/v1/responses")).rejects.toThrow("aborted");
  expect(await setup.meter.settlement(1)).toMatchObject({ status: null, error: "disconnected" });
  expect(await setup.meter.settlement(2)).toMatchObject({ status: 200, error: "disconnected", usage: null });
});

test("[GWY-5] a provider that is silent before or within its answer is given up after the idle time", async () => {
  let number = 0;
  await using setup = await setUp(
    ({ response }) => {
      number += 1;
      if (number === 2) beginStream(response);
    },
    { idleMs: 60 },
  );
  const before = await ask(setup, "/v1/responses");
  expect([before.status, JSON.parse(before.text)]).toMatchObject([504, { error: { code: "upstream_timeout" } }]);
  await expect(ask(setup, "/v1/responses")).rejects.toThrow("aborted");
  expect(await setup.meter.settlement(1)).toMatchObject({ status: null, error: "timeout" });
  expect(await setup.meter.settlement(2)).toMatchObject({ status: 200, error: "timeout" });
});

test("[GWY-5] an agent that goes away ends the request at the provider", async () => {
  await using setup = await setUp(({ response }) => beginStream(response));
  const message = await begin(setup, "/v1/responses");
  message.destroy();
  await setup.upstream.requests[0]?.closed;
  expect(await setup.meter.settlement(1)).toMatchObject({ status: 200, error: "client_gone", usage: null });
});

test("[GWY-5] an agent that goes away once it has the whole answer pays what it cost", async () => {
  await using setup = await setUp(({ response }) => {
    beginStream(response);
    response.write(completed("resp-1", 10, 5));
  });
  const message = await begin(setup, "/v1/responses");
  await once(message, "data");
  message.destroy();
  expect(await setup.meter.settlement(1)).toMatchObject({ error: null, usage: { total: 15 } });
});

test("[GWY-5] an agent that goes away before the provider answers ends the request too", async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  await using setup = await setUp(() => resolve());
  const request = http.request(`${setup.gateway.url}/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  request.on("error", () => undefined);
  request.end(BODY);
  await arrived;
  request.destroy();
  await setup.upstream.requests[0]?.closed;
  expect(await setup.meter.settlement(1)).toMatchObject({ status: null, error: "client_gone" });
});

test("[GWY-5] a kept connection that the provider has closed is tried once more on a new one", async () => {
  const known = new Set<unknown>();
  await using setup = await setUp(({ response }) => {
    // As a provider that closes its kept connections: the second request on one is met by its end.
    if (known.has(response.socket)) return void response.socket?.resetAndDestroy();
    known.add(response.socket);
    const body = JSON.stringify({ id: "resp-1", model: "priced", usage: usageOf(1, 1) });
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  });
  for (const number of [1, 2, 3]) {
    expect((await ask(setup, "/v1/responses")).status).toBe(200);
    expect((await setup.meter.settlement(number)).error).toBeNull();
  }
  expect(known.size).toBe(3);
  expect(setup.upstream.requests).toHaveLength(5);
});

test("[GWY-3] what cannot be counted is refused before anything is reserved or sent", async () => {
  const bodies = { request: 1000, all: 10_000 };
  await using setup = await setUp(fine, { bodies });
  const large = JSON.stringify({ model: "priced", input: "x".repeat(1000) });
  const refused = async (asking: Asking): Promise<unknown> => {
    const { status, text } = await ask(setup, "/v1/responses", asking);
    return [status, (JSON.parse(text) as { error: { code: string } }).error.code];
  };
  expect(await refused({ body: "{" })).toEqual([400, "invalid_request"]);
  expect(await refused({ body: "[]" })).toEqual([400, "invalid_request"]);
  expect(await refused({ body: "" })).toEqual([400, "invalid_request"]);
  expect(await refused({ body: '{"model":"priced","background":true}' })).toEqual([400, "invalid_request"]);
  expect(await refused({ body: large })).toEqual([413, "request_too_large"]);
  expect(await refused({ body: large, headers: { "transfer-encoding": "chunked" } })).toEqual([
    413,
    "request_too_large",
  ]);
  expect(await refused({ headers: { "content-encoding": "zstd" } })).toEqual([415, "unsupported_content_encoding"]);
  expect(setup.meter.facts).toEqual([]);
  expect(setup.upstream.requests).toEqual([]);
});

test("[GWY-3] half a body reserves nothing", async () => {
  await using setup = await setUp(fine);
  const socket = net.connect(setup.gateway.port, "127.0.0.1");
  socket.write(
    `POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: 99\r\n\r\n{"mo`,
  );
  await once(socket, "ready");
  socket.end();
  await socket.toArray();
  await ask(setup, "/v1/responses");
  expect(setup.meter.facts).toHaveLength(1);
  expect(setup.upstream.requests).toHaveLength(1);
});

test("[GWY-3] while the ledger cannot be asked nothing is sent, and somebody is told", async () => {
  await using setup = await setUp(fine);
  setup.meter.trouble = new Error("the store is busy");
  const { status, headers } = await ask(setup, "/v1/responses");
  expect([status, headers["retry-after"]]).toEqual([503, "1"]);
  expect(setup.upstream.requests).toEqual([]);
  expect(setup.troubles).toEqual([setup.meter.trouble]);
});

test("[GWY-5] closing breaks off what is under way, half-sent requests too, and settles it first", async () => {
  const setup = await setUp(({ response }) => beginStream(response));
  await begin(setup, "/v1/responses");
  const half = net.connect(setup.gateway.port, "127.0.0.1");
  half.on("error", () => undefined);
  half.write(`POST /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: 99\r\n\r\n{`);
  await once(half, "ready");
  await setup.gateway[Symbol.asyncDispose]();
  expect(setup.meter.log.filter((line) => line.startsWith("settle"))).toEqual(["settle 1"]);
  expect(await setup.meter.settlement(1)).toMatchObject({ error: "gateway_closed" });
  await setup.upstream[Symbol.asyncDispose]();
});

test("[GWY-3] no more than eight requests of an attempt are with the provider at once, and none is lost", async () => {
  const { promise: full, resolve: isFull } = Promise.withResolvers<void>();
  const { promise: free, resolve: isFree } = Promise.withResolvers<void>();
  const open = { now: 0, most: 0 };
  await using setup = await setUp(async (request) => {
    if (request.text.includes("other")) return fine(request);
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    if (open.now === 8) isFull();
    await free;
    open.now -= 1;
    await fine(request);
  });
  const asked = Array.from({ length: 40 }, () => ask(setup, "/v1/responses"));
  await full;
  // Whatever could overtake the eight has done so once requests of another attempt came and went behind it.
  const headers = { authorization: `Bearer ${OTHER_TOKEN}` };
  const body = JSON.stringify({ model: "priced", input: "other" });
  for (let number = 0; number < 5; number += 1) await ask(setup, "/v1/responses", { headers, body });
  isFree();
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
  expect(open.most).toBe(8);
});

test("[GWY-3] a request that finds no place in time is told to come again, unread and unsent", async () => {
  await using setup = await setUp(({ response }) => beginStream(response), { slots: { inFlight: 1, waitMs: 20 } });
  await begin(setup, "/v1/responses");
  const { status, headers, text } = await ask(setup, "/v1/responses");
  expect([status, headers["retry-after"], headers.connection]).toEqual([503, "5", "close"]);
  expect(JSON.parse(text)).toMatchObject({ error: { code: "server_overloaded" } });
  expect(setup.upstream.requests).toHaveLength(1);
  expect(setup.meter.facts).toHaveLength(1);
});

test("[GWY-3] a request for what may not be asked goes nowhere, and the ledger is told what it was", async () => {
  await using setup = await setUp(fine);
  setup.meter.priced = ["priced"];
  for (const body of [
    { model: "other" },
    { model: "priced", background: 1 },
    { model: "priced", prompt: { id: "p" } },
  ]) {
    const { status, text } = await ask(setup, "/v1/responses", { body: JSON.stringify(body) });
    expect([status, JSON.parse(text)]).toMatchObject([400, { error: { code: "invalid_request" } }]);
  }
  expect(setup.meter.forbidden).toEqual(["model", "background", "prompt"]);
  expect(setup.upstream.requests).toEqual([]);
  expect(setup.meter.facts).toEqual([]);
});
