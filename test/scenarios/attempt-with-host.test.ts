import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gitWorkspace } from "../../src/adapters/git/git-workspace.ts";
import { HostClient } from "../../src/adapters/host/host-client.ts";
import { startHostListener } from "../../src/adapters/host/host-listener.ts";
import { scriptedAgent } from "../../src/adapters/scripted/scripted-agent.ts";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import type { Json } from "../../src/kit/json.ts";
import { systemRandom } from "../../src/kit/random.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { dispatchTask } from "../../src/loop/dispatch/dispatch-task.ts";
import type { RunWorld } from "../../src/loop/run/run-world.ts";
import { runStage } from "../../src/loop/run/run.ts";
import { findSecrets } from "../../src/policy/redact/find-secrets.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import type { Event, EventType } from "../../src/model/event.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf, newId } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import type { Engine } from "../../src/ports/engine.ts";
import { runAttempt, type RunEnd } from "../../src/runner/run-attempt.ts";
import { listArtifacts } from "../../src/store/artifacts/list-artifacts.ts";
import { getAttempt } from "../../src/store/attempts/get-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { listChanges } from "../../src/store/changes/list-changes.ts";
import { listRequests } from "../../src/store/ledger/list-requests.ts";
import type { Store } from "../../src/store/store.ts";
import { PROFILE, plannedTask, STAMP, taskNow } from "../fakes/delivery.ts";
import { dispatchWorld } from "../fakes/dispatch-world.ts";
import { deskBench, type DeskBench } from "../fakes/runner/desk-bench.ts";
import { plainSandbox } from "../fakes/runner/plain-sandbox.ts";
import { git, targetRepository } from "../fakes/runner/target-repository.ts";

let folder = "";
let base = "";
let store: Store;
let bench: DeskBench;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "attempt-with-host-"));
  base = targetRepository(join(folder, "target"), { "README.md": "Hello\n" });
  const opened = await openSqlite({
    path: join(folder, "store.db"),
    clock: systemClock,
    random: systemRandom,
    mode: "write",
    programVersion: "0",
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  store = opened.value;
  bench = await deskBench(store, { clock: systemClock });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  bench[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ENVIRONMENT = { PATH: process.env["PATH"] ?? "" };
const ALIVE = holderOf({ host: "here", pid: 11, start: "1" });
const WRITE = { write: { path: "src/new.txt", text: "new\n" } };

/** An attempt as dispatch makes it, at a repository of one commit, with a script. */
async function dispatched(steps: readonly Json[]): Promise<Attempt> {
  const wish = {
    agent: "scripted",
    simulated: true,
    repository: join(folder, "target"),
    script: { steps: [...steps] },
  } as const;
  const task = await plannedTask(store, wish);
  const profile = { ...PROFILE, acceptance: [{ name: "there", run: "test -e src/new.txt", timeout: 10 }] };
  const world = await dispatchWorld(store, systemClock, {
    repository: { resolve: () => Promise.resolve(ok(base)) },
    profileAt: () => Promise.resolve(ok(profile)),
  });
  const attempt = await dispatchTask(world, task.id);
  if (attempt === null) throw new Error("it was not dispatched");
  return attempt;
}

interface Running {
  readonly engine: Engine;
  /** How the runner that was started last ended. */
  ended(): Promise<RunEnd>;
}

/** Runners in this process, with real git and processes and no walls. */
function engineHere(): Running {
  const { promise, resolve } = Promise.withResolvers<RunEnd>();
  return {
    ended: () => promise,
    engine: {
      start: (start) => {
        const world = {
          clock: systemClock,
          holder: ALIVE,
          host: new HostClient(start, systemClock, { silenceMs: 500 }),
          workspace: gitWorkspace(ENVIRONMENT.PATH),
          sandboxOf: () => plainSandbox(),
          agentOf: ({ order }: Parameters<Parameters<typeof runAttempt>[0]["agentOf"]>[0]) =>
            scriptedAgent({ script: order.script, environment: ENVIRONMENT }),
          environment: ENVIRONMENT,
          secretKinds: (given: string) => findSecrets(given).map(({ kind }) => kind),
          redact: (given: string) => given,
        };
        void runAttempt(world, new AbortController().signal).then(resolve);
        return Promise.resolve(ok(ALIVE));
      },
      look: () => Promise.resolve("running"),
      stop: () => Promise.resolve(ok(0)),
    },
  };
}

function worldOf(engine: Engine, hostUrl: string, parts: Partial<RunWorld> = {}): RunWorld {
  const { files, logs, settings, places, redact, clock } = bench.world;
  const own = { store, clock, engine, isDead: () => false, redact, files, logs, settings, places, hostUrl, only: null };
  const removeFolder = (path: string): Promise<void> => Promise.resolve(rmSync(path, { recursive: true }));
  return { ...own, removeFolder, ...parts };
}

function event(type: EventType, attempt: Attempt): Event {
  const id = newId.event(systemClock.now());
  const at = instantOf(systemClock.now());
  return { id, key: attempt.id, type, actor: "test", cause: null, trace: null, at, simulated: true, payload: {} };
}

async function listening() {
  const listener = await startHostListener({ desk: bench.desk, folder: join(folder, "arriving") });
  if (!listener.ok) throw new Error(listener.failure.message);
  return listener.value;
}

const now = async (attempt: Attempt) => store.read((reader) => getAttempt(reader, attempt.id));

test("[RUN-2][RUN-8][RUN-9] from a queued attempt to a branch in a bundle, over the wire", async () => {
  await using listener = await listening();
  const attempt = await dispatched([WRITE, { usage: { input: 100, output: 10 } }, { say: "Done." }]);
  const { engine, ended } = engineHere();
  const world = worldOf(engine, listener.url);
  expect(await runStage.handle(event("attempt.queued", attempt), world)).toEqual({ kind: "done" });
  expect(await ended()).toMatchObject({ kind: "ended" });

  expect(await now(attempt)).toMatchObject({ state: "ended", outcome: "succeeded", turns: 1, simulated: true });
  expect(await runStage.handle(event("attempt.ended", attempt), world)).toEqual({ kind: "done" });
  expect(existsSync(join(bench.world.places.attempts, attempt.id))).toBe(false);
  const artifacts = await store.read((reader) => listArtifacts(reader, attempt.id));
  const pathOf = (name: string): string =>
    bench.world.files.pathOf(artifacts.find((artifact) => artifact.name === name)?.sha256 ?? "none");
  const target = join(folder, "target");
  git(target, "fetch", "--quiet", pathOf("branch.bundle"), `${attempt.order.branch}:result`);
  expect(git(target, "show", "result:src/new.txt")).toBe("new");
  expect(git(target, "log", "-1", "--format=%(trailers:key=Codex-Loop-Task,valueonly)", "result")).toBe(attempt.taskId);
  const log = readFileSync(pathOf("run.jsonl"), "utf8").trimEnd().split("\n");
  expect(log.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(
    expect.arrayContaining([
      "cloned",
      "turn_started",
      "call_ended",
      "spent",
      "said",
      "committed",
      "check_ended",
      "ended",
    ]),
  );
  expect(JSON.parse(readFileSync(pathOf("cost.json"), "utf8"))).toMatchObject({ tokens: 110, provenance: "simulated" });
  const [request] = await store.read((reader) => listRequests(reader, attempt.id));
  expect(request).toMatchObject({ total: 110, provenance: "simulated" });
  const [change] = await store.read((reader) => listChanges(reader, attempt.ideaId));
  expect(change).toMatchObject({ simulated: true, files: 1 });
});

test("[RUN-8][RUN-11] a runner whose host dies ends by itself; its attempt is swept and says nothing about the task", async () => {
  const listener = await listening();
  const attempt = await dispatched([{ run: ["sh", "-c", "touch begun; sleep 60"] }]);
  const { engine, ended } = engineHere();
  const world = worldOf(engine, listener.url);
  await runStage.handle(event("attempt.queued", attempt), world);
  const place = join(bench.world.places.attempts, attempt.id);
  await until(() => existsSync(join(place, "work", "tree", "begun")));
  await listener[Symbol.asyncDispose]();
  const begun = performance.now();
  const end = await ended();
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(end).toMatchObject({ kind: "untold", verdict: { outcome: "lost", failure: { code: "HOST_LOST" } } });
  expect(existsSync(place)).toBe(false);

  await store.write(STAMP, (tx) => sweepAttempts(tx, () => true));
  expect(await now(attempt)).toMatchObject({ outcome: "lost", failureCode: "RUNNER_LOST" });
  expect(await store.read((reader) => taskNow(reader, attempt.taskId))).toMatchObject({ state: "ready" });
});

test("[RUN-3][RUN-9] what a runner left that died without a word is listed and cleared away", async () => {
  const attempt = await dispatched([]);
  const world = worldOf(engineHere().engine, "http://127.0.0.1:1", { isDead: () => true });
  await store.write(STAMP, async (tx) => {
    await tx.db.updateTable("attempts").set({ holder: ALIVE, state: "running" }).where("id", "=", attempt.id).execute();
    await sweepAttempts(tx, () => true);
  });
  const place = join(bench.world.places.attempts, attempt.id);
  mkdirSync(join(place, "work"), { recursive: true });
  await bench.world.logs.append(attempt.id, ['{"event":"cloned"}']);
  const lost = event("attempt.ended", attempt);
  expect(await runStage.handle(lost, { ...world, isDead: () => false })).toMatchObject({ kind: "again" });
  expect(existsSync(place)).toBe(true);
  expect(await runStage.handle(lost, world)).toEqual({ kind: "done" });
  expect(existsSync(place)).toBe(false);
  const artifacts = await store.read((reader) => listArtifacts(reader, attempt.id));
  const absent = Object.fromEntries(artifacts.map((artifact) => [artifact.name, artifact.absent]));
  expect(absent).toMatchObject({
    "run.jsonl": null,
    "cost.json": null,
    "branch.bundle": "not_reached",
    "test.log": "not_reached",
  });
});

test("[RUN-11] a runner that cannot be started ends the attempt, and the task is ready again", async () => {
  const attempt = await dispatched([]);
  const failure = {
    code: "try_later",
    message: "no",
    cause: "fork failed",
    hint: "Do this: wait.",
    retry: "later",
  } as const;
  const engine = { ...engineHere().engine, start: () => Promise.resolve(fail(failure)) };
  await runStage.handle(event("attempt.queued", attempt), worldOf(engine, "http://127.0.0.1:1"));
  expect(await now(attempt)).toMatchObject({ outcome: "lost", failureCode: "NOT_STARTED" });
  expect(await store.read((reader) => taskNow(reader, attempt.taskId))).toMatchObject({ state: "ready" });
});

test("[RUN-13] a process that waits for one idea starts no attempt of another", async () => {
  const attempt = await dispatched([]);
  const { engine } = engineHere();
  const world = worldOf(engine, "http://127.0.0.1:1", { only: idOf.idea("another") });
  expect(await runStage.handle(event("attempt.queued", attempt), world)).toMatchObject({ kind: "again" });
  expect(await now(attempt)).toMatchObject({ state: "queued", holder: null });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
