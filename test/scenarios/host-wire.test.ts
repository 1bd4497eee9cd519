import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HostClient } from "../../src/adapters/host/host-client.ts";
import { startHostListener, type RunningListener } from "../../src/adapters/host/host-listener.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Start } from "../../src/model/launch.ts";
import { LARGEST_ARTIFACT, type Verdict } from "../../src/model/verdict.ts";
import type { Desk } from "../../src/ports/desk.ts";
import { aLaunch, anOrder } from "../fakes/runner/an-order.ts";

const HOLDER = holderOf({ host: "here", pid: 1, start: "1" });
const LAUNCH = aLaunch(anOrder(), { hostSilenceMs: 300 });
const PROGRESS = { phase: "running", turns: 1, toolCalls: 0, sessionId: null } as const;
const VERDICT: Verdict = {
  outcome: "failed",
  failure: { code: "AGENT_FAILED", detail: "x" },
  change: null,
  checks: [],
  sessionId: null,
  turns: 0,
  toolCalls: 0,
  survivors: 0,
  absent: { "plan.md": "not_asked" },
};

/** Every call that reached the desk, as `[name, …arguments]`. */
let calls: unknown[][] = [];
let folder = "";

beforeEach(() => {
  calls = [];
  folder = mkdtempSync(join(tmpdir(), "host-wire-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function aDesk(parts: Partial<Desk> = {}): Desk {
  const noted =
    (name: string, value: unknown) =>
    (...given: unknown[]): Promise<never> => {
      calls.push([name, ...given]);
      return Promise.resolve(ok(value)) as Promise<never>;
    };
  return {
    admit: () => Promise.resolve(ok(undefined)),
    start: noted("start", LAUNCH),
    heartbeat: noted("heartbeat", { stop: null }),
    ask: noted("ask", { kind: "granted", by: "policy" }),
    spend: noted("spend", true),
    tell: noted("tell", undefined),
    artifact: noted("artifact", undefined),
    recording: noted("recording", undefined),
    done: noted("done", undefined),
    ...parts,
  };
}

async function listening(desk: Desk): Promise<RunningListener> {
  const listener = await startHostListener({ desk, folder: join(folder, "arriving") });
  if (!listener.ok) throw new Error(listener.failure.message);
  return listener.value;
}

function startAt(host: string): Start {
  return { attemptId: idOf.attempt("attempt-1"), fence: 7, host, token: "clh_token", trace: "t" };
}

function clientOf({ url }: { readonly url: string }): HostClient {
  return new HostClient(startAt(url), systemClock);
}

test("[RUN-8] every call carries attempt, fence and token, and comes back with the desk's answer", async () => {
  await using listener = await listening(aDesk());
  const client = clientOf(listener);
  const caller = { attemptId: "attempt-1", fence: 7, token: "clh_token" };
  expect(await client.start(HOLDER)).toEqual(ok(LAUNCH));
  expect(await client.heartbeat(PROGRESS)).toEqual(ok({ stop: null }));
  expect(await client.spend({ key: "1", input: 2, output: 3 })).toEqual(ok(true));
  expect(await client.done(VERDICT)).toEqual(ok(undefined));
  expect(calls).toEqual([
    ["start", caller, HOLDER],
    ["heartbeat", caller, PROGRESS],
    ["spend", caller, { key: "1", input: 2, output: 3 }],
    ["done", caller, VERDICT],
  ]);
});

test("[RUN-8] lines are numbered over the whole attempt, so that the desk knows those it has", async () => {
  await using listener = await listening(aDesk());
  const client = clientOf(listener);
  const line = { at: "2026-11-21T00:00:00.000Z", event: "said", text: "a" };
  await client.tell([line, line]);
  await client.tell([line]);
  expect(calls.map(([, , told]) => told)).toEqual([
    { before: 0, lines: [line, line] },
    { before: 2, lines: [line] },
  ]);
});

test("[RUN-7] an ask is put again while nobody has answered", async () => {
  let times = 0;
  const ask: Desk["ask"] = () => {
    times += 1;
    return Promise.resolve(ok(times < 3 ? "pending" : { kind: "denied", by: "person", reason: "no" }));
  };
  await using listener = await listening(aDesk({ ask }));
  const question = { key: "1", action: "command", subject: "ls", reason: "", callId: null } as const;
  expect(await clientOf(listener).ask(question)).toEqual(ok({ kind: "denied", by: "person", reason: "no" }));
  expect(times).toBe(3);
});

test("[RUN-9] files arrive whole, under a name of ours, and are gone when the call is answered", async () => {
  const seen: string[] = [];
  const take: Desk["recording"] = (_caller, { name, path }) => {
    seen.push(`${name} ${readFileSync(path, "utf8").length}`);
    return Promise.resolve(ok(undefined));
  };
  await using listener = await listening(aDesk({ recording: take, artifact: take }));
  const client = clientOf(listener);
  const file = join(folder, "file");
  writeFileSync(file, "x".repeat(3_000_000));
  const name = "rollout-2026-11-21T00-00-00-01a1f6cf-3d26-7551-959f-ebaa667b733b.jsonl";
  expect(await client.artifact("patch.diff", file)).toEqual(ok(undefined));
  expect(await client.recording(name, file)).toEqual(ok(undefined));
  expect(await client.recording("../../escape.jsonl", file)).toEqual(fail("refused"));
  expect(seen).toEqual(["patch.diff 3000000", `${name} 3000000`]);
  expect(readdirSync(join(folder, "arriving"))).toEqual([]);
});

test("[RUN-9] a file that is larger than may come is refused and leaves nothing behind", async () => {
  await using listener = await listening(aDesk());
  const file = join(folder, "file");
  writeFileSync(file, Buffer.alloc(LARGEST_ARTIFACT.text + 1));
  expect(await clientOf(listener).artifact("test.log", file)).toEqual(fail("refused"));
  expect(calls).toEqual([]);
  expect(readdirSync(join(folder, "arriving"))).toEqual([]);
});

test("[RUN-8] stale and refused come through as such; a busy host is asked again", async () => {
  const answers = ["stale", "refused"] as const;
  let times = 0;
  await using listener = await listening(
    aDesk({
      heartbeat: () => {
        times += 1;
        if (times === 3) throw new Error("busy");
        return Promise.resolve(times > 3 ? ok({ stop: null }) : fail(answers[times - 1] ?? "stale"));
      },
    }),
  );
  const client = clientOf(listener);
  expect(await client.heartbeat(PROGRESS)).toEqual(fail("stale"));
  expect(await client.heartbeat(PROGRESS)).toEqual(fail("refused"));
  expect(await client.heartbeat(PROGRESS)).toEqual(ok({ stop: null }));
  expect(times).toBe(4);
});

test("[RUN-8] whatever is no call of a runner gets no further than the listener", async () => {
  await using listener = await listening(aDesk());
  const base = `${listener.url}/attempts/attempt-1`;
  const good = { authorization: "Bearer clh_token", "x-codex-loop-fence": "7" };
  const post = async (path: string, headers: Record<string, string>, body: string): Promise<number> =>
    (await fetch(`${base}${path}`, { method: "POST", headers, body })).status;
  const progress = JSON.stringify(PROGRESS);
  expect(await post("/heartbeat", {}, progress)).toBe(401);
  expect(await post("/heartbeat", { ...good, "x-codex-loop-fence": "7 or 1" }, progress)).toBe(401);
  expect(await post("/heartbeat", good, "{")).toBe(400);
  expect(await post("/heartbeat", good, JSON.stringify({ ...PROGRESS, turns: -1 }))).toBe(400);
  expect(await post("/done", good, JSON.stringify({ ...VERDICT, failure: { code: "NO_SUCH", detail: "" } }))).toBe(400);
  expect(await post("/artifact?name=passwd", good, "x")).toBe(400);
  expect(await post("/grant", good, "{}")).toBe(404);
  expect((await fetch(`${base}/heartbeat`, { headers: good })).status).toBe(404);
  expect((await fetch(`${listener.url}/`)).status).toBe(404);
  expect(calls).toEqual([]);
});

test("[RUN-5] a host that is gone is silent after its time, and then costs every call one try", async () => {
  const listener = await listening(aDesk());
  const client = clientOf(listener);
  await client.start(HOLDER);
  await listener[Symbol.asyncDispose]();
  const begun = performance.now();
  expect(await client.heartbeat(PROGRESS)).toEqual(fail("silent"));
  const first = performance.now() - begun;
  expect(await client.done(VERDICT)).toEqual(fail("silent"));
  expect(first).toBeGreaterThanOrEqual(300);
  expect(performance.now() - begun - first).toBeLessThan(300);
});

test("[RUN-5] a host that takes calls and never answers is silent too", async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await using listener = await listening(aDesk());
  const client = clientOf(listener);
  await client.start(HOLDER);
  const hung = new HostClient(startAt(`http://127.0.0.1:${port}`), systemClock, { silenceMs: 200, tryMs: 100 });
  expect(await hung.heartbeat(PROGRESS)).toEqual(fail("silent"));
  server.closeAllConnections();
  server.close();
});

test("[RUN-8][RUN-9] who is not let in brings no byte to disk", async () => {
  await using listener = await listening(aDesk({ admit: () => Promise.resolve(fail("refused")) }));
  const file = join(folder, "file");
  writeFileSync(file, "x".repeat(1_000_000));
  expect(await clientOf(listener).artifact("patch.diff", file)).toEqual(fail("refused"));
  expect([calls, existsSync(join(folder, "arriving"))]).toEqual([[], false]);
});

test("[RUN-8][RUN-9] a few files come at once, and one that stands still is given up", async () => {
  const started = await startHostListener({ desk: aDesk(), folder: join(folder, "arriving"), idleMs: 300 });
  if (!started.ok) throw new Error(started.failure.message);
  await using listener = started.value;
  const url = `${listener.url}/attempts/attempt-1/artifact?name=patch.diff`;
  const headers = { authorization: "Bearer clh_token", "x-codex-loop-fence": "7" };
  const bring = (body: string | ReadableStream): Promise<number> =>
    fetch(url, { method: "POST", headers, body, duplex: "half" }).then(({ status }) => status);
  const still = (): ReadableStream => new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(10)) });
  const slow = Array.from({ length: 4 }, () => bring(still()));
  await expect.poll(() => readdirSync(join(folder, "arriving")).length).toBe(4);
  expect(await bring("x")).toBe(503);
  expect(await Promise.all(slow)).toEqual([503, 503, 503, 503]);
  expect(readdirSync(join(folder, "arriving"))).toEqual([]);
  expect(await bring("x")).toBe(200);
});
