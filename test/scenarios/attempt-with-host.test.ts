import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeFolder } from "../../src/adapters/disk/trash.ts";
import { gitWorkspace } from "../../src/adapters/git/git-workspace.ts";
import { HostClient } from "../../src/adapters/host/host-client.ts";
import { scriptedAgent } from "../../src/adapters/scripted/scripted-agent.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Start } from "../../src/model/launch.ts";
import { findSecrets } from "../../src/policy/redact/find-secrets.ts";
import type { Engine } from "../../src/ports/engine.ts";
import { runAttempt, type RunEnd } from "../../src/runner/run-attempt.ts";
import type { RunnerWorld } from "../../src/runner/runner-world.ts";
import { listArtifacts } from "../../src/store/artifacts/list-artifacts.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { listChanges } from "../../src/store/changes/list-changes.ts";
import { listRequests } from "../../src/store/ledger/list-requests.ts";
import { STAMP, taskNow } from "../fakes/delivery.ts";
import { OWN_SECRET } from "../fakes/runner/desk-bench.ts";
import { hostBench, until, wake } from "../fakes/runner/host-bench.ts";
import { plainSandbox } from "../fakes/runner/plain-sandbox.ts";
import { git } from "../fakes/runner/target-repository.ts";

const ENVIRONMENT = { PATH: process.env["PATH"] ?? "" };
const ALIVE = holderOf({ host: "here", pid: 11, start: "1" });
const WRITE = { write: { path: "src/new.txt", text: "new\n" } };

interface Running {
  readonly engine: Engine;
  /** How the runner that was started ended. */
  ended(): Promise<RunEnd>;
}

/** Runners in this process, with real git and processes and no walls. */
function engineHere(): Running {
  const { promise, resolve } = Promise.withResolvers<RunEnd>();
  return {
    ended: () => promise,
    engine: {
      start: (start) => {
        void runAttempt(worldHere(start), new AbortController().signal).then(resolve);
        return Promise.resolve(ok(ALIVE));
      },
      tidy: () => Promise.resolve(),
      look: () => Promise.resolve("running"),
      stop: () => Promise.resolve(ok(0)),
    },
  };
}

function worldHere(start: Start): RunnerWorld {
  return {
    clock: systemClock,
    holder: ALIVE,
    host: new HostClient(start, systemClock, { silenceMs: 500 }),
    workspace: gitWorkspace(ENVIRONMENT.PATH),
    sandboxOf: () => plainSandbox(),
    agentOf: ({ order }) => scriptedAgent({ script: order.script, environment: ENVIRONMENT }),
    removeFolder: (path) => removeFolder(path, 60_000),
    environment: ENVIRONMENT,
    secretKinds: (given) => findSecrets(given).map(({ kind }) => kind),
    redact: (given) => given,
  };
}

test("[RUN-2][RUN-8][RUN-9] from a queued attempt to a branch in a bundle, over the wire", async () => {
  await using host = await hostBench(tmpdir());
  const { bench, store } = host;
  const attempt = await host.dispatched([WRITE, { usage: { input: 100, output: 10 } }, { say: "Done." }]);
  const { engine, ended } = engineHere();
  const world = host.worldOf(engine);
  expect(await wake("attempt.queued", attempt, world)).toEqual({ kind: "done" });
  expect(await ended()).toMatchObject({ kind: "ended" });

  expect(await host.now(attempt)).toMatchObject({ state: "ended", outcome: "succeeded", turns: 1, simulated: true });
  expect(await wake("attempt.ended", attempt, world)).toEqual({ kind: "done" });
  expect(existsSync(join(bench.world.places.attempts, attempt.id))).toBe(false);
  const artifacts = await store.read((reader) => listArtifacts(reader, attempt.id));
  const pathOf = (name: string): string =>
    bench.world.files.pathOf(artifacts.find((artifact) => artifact.name === name)?.sha256 ?? "none");
  const { target } = host;
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

test("[RUN-9] a secret that the host alone knows is found in the branch itself, behind a NUL too", async () => {
  await using host = await hostBench(tmpdir());
  const attempt = await host.dispatched([WRITE, { write: { path: "data.bin", text: `\0${OWN_SECRET}\n` } }]);
  const { engine, ended } = engineHere();
  await wake("attempt.queued", attempt, host.worldOf(engine));
  await ended();
  expect(await host.now(attempt)).toMatchObject({ outcome: "failed", failureCode: "SECRET_PATTERN_DETECTED" });
});

test("[RUN-8][RUN-11] a runner whose host dies ends by itself; its attempt is swept and says nothing about the task", async () => {
  await using host = await hostBench(tmpdir());
  const { bench, store } = host;
  const attempt = await host.dispatched([{ run: ["sh", "-c", "touch begun; sleep 60"] }]);
  const { engine, ended } = engineHere();
  const world = host.worldOf(engine);
  await wake("attempt.queued", attempt, world);
  const place = join(bench.world.places.attempts, attempt.id);
  await until(() => existsSync(join(place, "work", "tree", "begun")));
  await host.listener[Symbol.asyncDispose]();
  const begun = performance.now();
  const end = await ended();
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(end).toMatchObject({ kind: "untold", verdict: { outcome: "lost", failure: { code: "HOST_LOST" } } });
  expect(existsSync(place)).toBe(false);

  await store.write(STAMP, (tx) => sweepAttempts(tx, () => true));
  expect(await host.now(attempt)).toMatchObject({ outcome: "lost", failureCode: "RUNNER_LOST" });
  expect(await store.read((reader) => taskNow(reader, attempt.taskId))).toMatchObject({ state: "ready" });
});

test("[RUN-3][RUN-9] what a runner left that died without a word is listed and cleared away", async () => {
  await using host = await hostBench(tmpdir());
  const { bench, store } = host;
  const attempt = await host.dispatched([]);
  const world = host.worldOf(engineHere().engine, { isDead: () => true });
  await store.write(STAMP, async (tx) => {
    await tx.db.updateTable("attempts").set({ holder: ALIVE, state: "running" }).where("id", "=", attempt.id).execute();
    await sweepAttempts(tx, () => true);
  });
  const place = join(bench.world.places.attempts, attempt.id);
  mkdirSync(join(place, "work"), { recursive: true });
  await bench.world.logs.append(attempt.id, ['{"event":"cloned"}']);
  expect(await wake("attempt.ended", attempt, { ...world, isDead: () => false })).toMatchObject({ kind: "again" });
  expect(existsSync(place)).toBe(true);
  expect(await wake("attempt.ended", attempt, world)).toEqual({ kind: "done" });
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
  await using host = await hostBench(tmpdir());
  const { store } = host;
  const attempt = await host.dispatched([]);
  const failure = {
    code: "try_later",
    message: "no",
    cause: "fork failed",
    hint: "Do this: wait.",
    retry: "later",
  } as const;
  const engine = { ...engineHere().engine, start: () => Promise.resolve(fail(failure)) };
  await wake("attempt.queued", attempt, host.worldOf(engine));
  expect(await host.now(attempt)).toMatchObject({ outcome: "lost", failureCode: "NOT_STARTED" });
  expect(await store.read((reader) => taskNow(reader, attempt.taskId))).toMatchObject({ state: "ready" });
});

test("[RUN-13] a process that waits for one idea starts no attempt of another", async () => {
  await using host = await hostBench(tmpdir());
  const attempt = await host.dispatched([]);
  const { engine } = engineHere();
  const world = host.worldOf(engine, { only: idOf.idea("another") });
  expect(await wake("attempt.queued", attempt, world)).toMatchObject({ kind: "again" });
  expect(await host.now(attempt)).toMatchObject({ state: "queued", holder: null });
});
