/** Ideas, runs and questions over HTTP: the same facts as on the command line, and writes for the operator only. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { seededRandom } from "../../src/kit/random.ts";
import { ok } from "../../src/kit/result.ts";
import { instantOf } from "../../src/model/time.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { readsOf } from "../../src/server/reads.ts";
import { RoleHealth } from "../../src/server/roles/role-health.ts";
import { startServer } from "../../src/server/server.ts";
import { writesOf } from "../../src/server/writes.ts";
import { askApproval } from "../../src/store/approvals/ask-approval.ts";
import { getApproval } from "../../src/store/approvals/get-approval.ts";
import { putArtifact } from "../../src/store/artifacts/put-artifact.ts";
import type { Store } from "../../src/store/store.ts";
import { openRunFiles } from "../../src/world/run-files.ts";
import { LIMITS } from "../contracts/money-fixture.ts";
import { ended, ending, plannedTask, runningAttempt, STAMP, text } from "../fakes/delivery.ts";

const TOKEN = "operator-token-of-this-test";
const SECRET = "sk-proj-Zq7wCanary0123456789abcdefABCDEFghijklmnop";

async function served() {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-api-"));
  const opened = await openSqlite({ path: join(folder, "store.db"), clock: systemClock, random: seededRandom(1) });
  if (!opened.ok) throw new Error(opened.failure.message);
  const store = opened.value;
  const runFiles = openRunFiles(folder);
  const health = new RoleHealth();
  let wrote = 0;
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    token: TOKEN,
    page: folder,
    reads: readsOf({
      store,
      clock: systemClock,
      minimumN: 1,
      priceOf: () => null,
      runFiles,
      capLimits: LIMITS,
      spending: { dayMicroDollars: 40_000, monthMicroDollars: 900_000 },
    }),
    writes: writesOf({
      store,
      redact: redactor({ salt: "test" }),
      wrote: () => (wrote += 1),
      ingest: () => Promise.resolve(ok({ files: 0 })),
    }),
    feed: { store, changed: () => Promise.resolve(), closing: new AbortController().signal },
    facts: { version: "test", sample: () => Promise.resolve(false), failing: () => health.failing },
  });
  if (!server.ok) throw new Error(server.failure.message);
  const { url } = server.value;
  const call = async (method: string, path: string, { body, token = TOKEN }: Said = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = body === undefined ? { method, headers } : { method, headers, body };
    const response = await fetch(`${url}api/${path}`, init);
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  };
  return {
    store,
    runFiles,
    health,
    ready: async () => {
      const response = await fetch(`${url}readyz`);
      return { status: response.status, body: await response.json() };
    },
    wrote: () => wrote,
    get: (path: string) => call("GET", path),
    post: (path: string, said: Said = {}) => call("POST", path, said),
    [Symbol.asyncDispose]: async () => {
      await server.value[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Said {
  readonly body?: string;
  readonly token?: string;
}

async function asking(store: Store) {
  const attempt = await runningAttempt(store, await plannedTask(store));
  const { ideaId, taskId, id: attemptId } = attempt;
  const approval = await store.write(STAMP, (tx) =>
    askApproval(tx, {
      ideaId,
      taskId,
      attemptId,
      action: "command",
      subject: text("git push"),
      reason: text("to share it"),
      contentHash: "c".repeat(64),
      head: null,
      rule: "ask-push",
      callId: null,
      expiresAt: instantOf(systemClock.now() + 3_600_000),
    }),
  );
  return { attempt, approval };
}

test("[JOB-6] ideas, runs, questions and budgets are read by everybody on this machine", async () => {
  await using server = await served();
  const { attempt, approval } = await asking(server.store);
  expect(await server.get("ideas")).toMatchObject({ status: 200, body: [{ id: attempt.ideaId, waiting: 1 }] });
  expect(await server.get(`ideas/${attempt.ideaId}`)).toMatchObject({ status: 200, body: { goal: "Say hello." } });
  expect(await server.get("runs?limit=1")).toMatchObject({ status: 200, body: [{ id: attempt.id }] });
  expect(await server.get(`runs/${attempt.id}`)).toMatchObject({ status: 200, body: { state: "running" } });
  expect(await server.get("approvals")).toMatchObject({ status: 200, body: [{ id: approval.id, rule: "ask-push" }] });
  const budget = await server.get("budget");
  expect(budget).toMatchObject({ status: 200, body: [{ unit: "usd", cap: 0.04, reserved: 0, spent: 0 }, {}, {}, {}] });
  await ended(server.store, attempt, ending("failed", "AGENT_FAILED"));
  expect(await server.get("triage?days=7")).toMatchObject({ status: 200, body: [{ code: "AGENT_FAILED", count: 1 }] });
  expect(await server.get("kpi")).toMatchObject({ status: 200 });
  expect((await server.get("kpi")).body).toContainEqual(
    expect.objectContaining({ gate: "daily_spend_usd", target: 0.04 }),
  );
  expect(await server.get("kpi?days=x")).toMatchObject({ status: 400 });
  expect(await server.get("runs/nobody")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  expect(await server.get("runs?limit=0")).toMatchObject({ status: 400, body: { error: { code: "usage" } } });
  expect(await server.get("runs/x/log?after=-1")).toMatchObject({ status: 400 });
});

test("[JOB-6] a log is read on from where the last answer ended, while the run goes on and after", async () => {
  await using server = await served();
  const { attempt } = await asking(server.store);
  const path = `runs/${attempt.id}/log`;
  expect(await server.get(path)).toEqual({ status: 200, body: { lines: [], after: 0, ended: false } });
  await server.runFiles.logs.append(attempt.id, ['{"event":"one"}']);
  expect(await server.get(path)).toMatchObject({ body: { lines: [{ event: "one" }], after: 16, ended: false } });
  await server.runFiles.logs.append(attempt.id, ['{"event":"two"}']);
  expect(await server.get(`${path}?after=16`)).toMatchObject({ body: { lines: [{ event: "two", number: 16 }] } });
  const { sha256, bytes } = await server.runFiles.files.put(await server.runFiles.logs.read(attempt.id, 0));
  const kept = { attemptId: attempt.id, name: "run.jsonl", sha256, bytes, redaction: 1 } as const;
  await server.store.write(STAMP, (tx) => putArtifact(tx, kept));
  await server.runFiles.logs.remove(attempt.id);
  await ended(server.store, attempt, ending("failed", "NO_CHANGE"));
  expect(await server.get(`${path}?after=16`)).toMatchObject({
    body: { lines: [{ event: "two" }], after: 32, ended: true },
  });
  expect(await server.get(`${path}?after=32`)).toEqual({ status: 200, body: { lines: [], after: 32, ended: true } });
});

test("[JOB-6] the diff of a run is given, or the reason why there is none", async () => {
  await using server = await served();
  const { attempt } = await asking(server.store);
  const path = `runs/${attempt.id}/diff`;
  expect(await server.get(path)).toMatchObject({ status: 200, body: { diff: null, absent: null } });
  const { sha256, bytes } = await server.runFiles.files.put(Buffer.from("diff --git a/x b/x\n"));
  const kept = { attemptId: attempt.id, name: "patch.diff", sha256, bytes, redaction: 1 } as const;
  await server.store.write(STAMP, (tx) => putArtifact(tx, kept));
  expect(await server.get(path)).toEqual({
    status: 200,
    body: { diff: "diff --git a/x b/x\n", sha256, bytes, cut: false, absent: null },
  });
});

const WRITES = [
  "approvals/ID/grant",
  "approvals/ID/deny",
  "runs/ID/cancel",
  "ideas/ID/pause",
  "ideas/ID/resume",
  "ideas/ID/cancel",
  "ideas/ID/approve",
];

test.for(WRITES)("[JOB-6] POST %s without the operator's token changes nothing", async (path) => {
  await using server = await served();
  const { attempt, approval } = await asking(server.store);
  const id = path.startsWith("runs") ? attempt.id : path.startsWith("ideas") ? attempt.ideaId : approval.id;
  for (const token of ["", "wrong", `${TOKEN}x`])
    expect(await server.post(path.replace("ID", id), { token, body: '{"reason":"x"}' })).toMatchObject({ status: 401 });
  expect(await server.get("approvals")).toMatchObject({ body: [{ state: "asked" }] });
  expect(await server.get(`runs/${attempt.id}`)).toMatchObject({ body: { stop: null } });
  expect(await server.get(`ideas/${attempt.ideaId}`)).toMatchObject({ body: { state: "running_tasks" } });
  expect(server.wrote()).toBe(0);
});

test("[JOB-6] the operator denies with a reason, which is redacted like everything that is kept", async () => {
  await using server = await served();
  const { approval } = await asking(server.store);
  const path = `approvals/${approval.id}/deny`;
  for (const body of [undefined, "{}", '{"reason":"  "}'])
    expect(await server.post(path, body === undefined ? {} : { body })).toMatchObject({ status: 400 });
  expect(await server.post(path, { body: "[" })).toMatchObject({ status: 400, body: { error: { code: "usage" } } });
  const body = JSON.stringify({ reason: `not with ${SECRET}` });
  expect(await server.post(path, { body })).toEqual({ status: 200, body: { id: approval.id, state: "denied" } });
  const kept = await server.store.read((reader) => getApproval(reader, approval.id));
  expect(kept?.decidedReason).toMatch(/^not with /);
  expect(kept?.decidedReason).not.toContain("Zq7wCanary");
  expect(await server.post(path, { body })).toMatchObject({ status: 409 });
});

test("[JOB-6] the operator grants, ends a run, and holds, lets go on and ends an idea", async () => {
  await using server = await served();
  const { attempt, approval } = await asking(server.store);
  const idea = `ideas/${attempt.ideaId}`;
  expect(await server.post(`approvals/${approval.id}/grant`)).toMatchObject({
    status: 200,
    body: { state: "granted" },
  });
  expect(await server.post(`${idea}/pause`)).toMatchObject({ status: 200, body: { state: "paused" } });
  expect(await server.post(`${idea}/resume`)).toMatchObject({ status: 200, body: { state: "running_tasks" } });
  expect(await server.post(`runs/${attempt.id}/cancel`)).toMatchObject({ status: 200, body: { id: attempt.id } });
  expect(await server.get(`runs/${attempt.id}`)).toMatchObject({ body: { stop: "now" } });
  expect(await server.post(`${idea}/cancel`)).toMatchObject({ status: 200, body: { state: "cancelled" } });
  expect(server.wrote()).toBe(5);
});

test("[RUN-11] a server that cannot do one of its parts says that it is not ready, and which part", async () => {
  await using server = await served();
  const well = { status: 200, body: { ok: true, sample_data: false } };
  expect(await server.ready()).toEqual(well);
  server.health.fails("dispatch", new Error("one task too many"));
  const ill = { ok: false, sample_data: false, failing: ["dispatch"] };
  expect(await server.ready()).toEqual({ status: 503, body: ill });
  server.health.works("dispatch");
  expect(await server.ready()).toEqual(well);
});
