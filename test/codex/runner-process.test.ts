/** Runners as they really run: processes of their own, behind the walls of this machine, with a scripted agent. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processEngine } from "../../src/adapters/process/process-engine.ts";
import { isDead } from "../../src/adapters/process/processes.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import { parseHolder, type Holder } from "../../src/model/holder.ts";
import type { Engine } from "../../src/ports/engine.ts";
import { listArtifacts } from "../../src/store/artifacts/list-artifacts.ts";
import { stopAttempt } from "../../src/store/attempts/stop-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { STAMP } from "../fakes/delivery.ts";
import { hostBench, until, wake, type HostBench } from "../fakes/runner/host-bench.ts";
import { git } from "../fakes/runner/target-repository.ts";
import { processesOf } from "./processes-of.ts";

const WRITE = { write: { path: "src/new.txt", text: "new\n" } };
const shell = (line: string) => ({ run: ["sh", "-c", line] });

/** Below the home folder: what lies in the system's temporary folder is not seen from inside anyway. */
const openBench = (): Promise<HostBench> => hostBench(homedir());

function engineOf({ folder }: HostBench): Engine {
  const entry = join(import.meta.dirname, "../../src/cli/runner.ts");
  const env = { PATH: process.env["PATH"] ?? "", SECRET_OF_THE_HOST: "hidden-from-agents" };
  return processEngine({ folder: join(folder, "runners"), command: [process.execPath, entry], env });
}

async function ended(host: HostBench, attempt: Attempt): Promise<Attempt> {
  let found: Attempt | null = null;
  await until(async () => {
    found = await host.now(attempt);
    return found?.state === "ended";
  });
  if (found === null) throw new Error("the attempt is gone");
  return found;
}

/** The runner's process, once it has begun. */
async function holderOf(host: HostBench, attempt: Attempt): Promise<Holder> {
  let holder: Holder | null = null;
  await until(async () => {
    const now = await host.now(attempt);
    holder = now?.state === "running" ? now.holder : null;
    return holder !== null;
  });
  if (holder === null) throw new Error("it has no holder");
  return holder;
}

/** Where a script's `touch begun` shows that its commands run. */
function begun(host: HostBench, attempt: Attempt): boolean {
  return existsSync(join(host.bench.world.places.attempts, attempt.id, "work", "tree", "begun"));
}

function leftovers(host: HostBench, attempt: Attempt): readonly string[] {
  return [...processesOf(attempt.id), ...readdirSync(host.bench.world.places.attempts)];
}

test("[RUN-2][RUN-8][RUN-9] a runner of its own process behind walls lands a commit whose acceptance passed", async () => {
  await using host = await openBench();
  const attempt = await host.dispatched([WRITE, shell("test ! -w /etc && test ! -e src/absent"), { say: "Done." }]);
  const world = host.worldOf(engineOf(host), { isDead });
  await wake("attempt.queued", attempt, world);
  expect(await ended(host, attempt)).toMatchObject({ outcome: "succeeded", failureDetail: null, toolCalls: 2 });
  const artifacts = await host.store.read((reader) => listArtifacts(reader, attempt.id));
  const hash = artifacts.find(({ name }) => name === "branch.bundle")?.sha256 ?? "";
  git(host.target, "fetch", "--quiet", host.bench.world.files.pathOf(hash), `${attempt.order.branch}:result`);
  expect(git(host.target, "show", "result:src/new.txt")).toBe("new");
  await until(() => processesOf(attempt.id).length === 0);
  expect(leftovers(host, attempt)).toEqual([]);
});

test("[RUN-4] what a script writes, reads and forks stays inside: nothing outside its tree, no secret, no daemon", async () => {
  await using host = await openBench();
  const outside = join(host.folder, "outside.txt");
  const store = join(host.folder, "store.db");
  mkdirSync(join(host.folder, "cache"), { recursive: true });
  writeFileSync(join(host.folder, "cache", "planted"), "x");
  const attempt = await host.dispatched([
    shell(`echo x > ${outside}`),
    shell("echo x > ../../../../outside.txt"),
    shell(`cat ${store} > seen.txt; env >> seen.txt; cat /proc/*/environ >> seen.txt; ls ${host.folder} >> seen.txt`),
    shell("git config user.name Mallory && git commit --allow-empty -m mine; echo '[alias]' >> .git/config"),
    shell("setsid -f sleep 300 </dev/null >/dev/null 2>&1"),
    WRITE,
  ]);
  await wake("attempt.queued", attempt, host.worldOf(engineOf(host), { isDead }));
  const after = await ended(host, attempt);
  expect(after).toMatchObject({ outcome: "succeeded", toolCalls: 6 });
  expect(existsSync(outside)).toBe(false);
  const artifacts = await host.store.read((reader) => listArtifacts(reader, attempt.id));
  const path = host.bench.world.files.pathOf(artifacts.find(({ name }) => name === "patch.diff")?.sha256 ?? "");
  const diff = readFileSync(path, "utf8");
  expect(diff).toContain("seen.txt");
  for (const secret of ["SQLite format", "hidden-from-agents", "SECRET_OF_THE_HOST", "clh_", "store.db", "arriving"])
    expect(diff).not.toContain(secret);
  await until(() => processesOf(attempt.id).length === 0);
});

test("[RUN-5] a cancelled run is gone in two seconds: no process, no clone", async () => {
  await using host = await openBench();
  const attempt = await host.dispatched([shell("touch begun; setsid -f sleep 300; sleep 300")]);
  const world = host.worldOf(engineOf(host), { isDead });
  await wake("attempt.queued", attempt, world);
  await until(() => begun(host, attempt));
  const asked = performance.now();
  await host.store.write(STAMP, (tx) => stopAttempt(tx, attempt.id, { wish: "now", code: "CANCELLED" }));
  expect(await ended(host, attempt)).toMatchObject({ outcome: "cancelled", failureCode: "CANCELLED" });
  await until(() => leftovers(host, attempt).length === 0);
  expect(performance.now() - asked).toBeLessThan(2_000);
});

test("[RUN-5] a runner that is killed takes everything with it; what it left is cleared away", async () => {
  await using host = await openBench();
  const attempt = await host.dispatched([shell("touch begun; setsid -f sleep 300; sleep 300")]);
  const engine = engineOf(host);
  const world = host.worldOf(engine, { isDead });
  await wake("attempt.queued", attempt, world);
  const holder = await holderOf(host, attempt);
  await until(() => begun(host, attempt));
  process.kill(parseHolder(holder)?.pid ?? -1, "SIGKILL");
  await until(() => isDead(holder));
  await host.store.write(STAMP, (tx) => sweepAttempts(tx, isDead));
  expect(await host.now(attempt)).toMatchObject({ outcome: "lost", failureCode: "RUNNER_LOST" });
  await engine.stop(holder);
  expect(await wake("attempt.ended", attempt, world)).toEqual({ kind: "done" });
  expect(leftovers(host, attempt)).toEqual([]);
});

test("[RUN-5] a runner whose host dies ends everything within five seconds and leaves nothing", async () => {
  await using host = await openBench();
  const attempt = await host.dispatched([shell("touch begun; sleep 300")]);
  await wake("attempt.queued", attempt, host.worldOf(engineOf(host), { isDead }));
  const holder = await holderOf(host, attempt);
  await until(() => begun(host, attempt));
  const died = performance.now();
  await host.listener[Symbol.asyncDispose]();
  await until(() => isDead(holder));
  expect(performance.now() - died).toBeLessThan(5_000);
  expect(leftovers(host, attempt)).toEqual([]);
});

test("[RUN-12] an engine that stops a runner has it end in order, with a verdict", async () => {
  await using host = await openBench();
  const attempt = await host.dispatched([shell("touch begun; sleep 300")]);
  const engine = engineOf(host);
  await wake("attempt.queued", attempt, host.worldOf(engine, { isDead }));
  const holder = await holderOf(host, attempt);
  await until(() => begun(host, attempt));
  expect(await engine.stop(holder)).toMatchObject({ ok: true });
  expect(processesOf(attempt.id)).toEqual([]);
});
