/** A store, a desk that listens, and attempts as dispatch makes them, at a repository of one commit. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gitRepository } from "../../../src/adapters/git/git-repository.ts";
import { startHostListener, type RunningListener } from "../../../src/adapters/host/host-listener.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import type { Json } from "../../../src/kit/json.ts";
import { systemRandom } from "../../../src/kit/random.ts";
import { ok } from "../../../src/kit/result.ts";
import { dispatchTask } from "../../../src/loop/dispatch/dispatch-task.ts";
import type { RunWorld } from "../../../src/loop/run/run-world.ts";
import { runStage } from "../../../src/loop/run/run.ts";
import type { Attempt } from "../../../src/model/attempt.ts";
import type { Event, EventType } from "../../../src/model/event.ts";
import type { Handled } from "../../../src/model/handled.ts";
import { newId } from "../../../src/model/ids.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { instantOf } from "../../../src/model/time.ts";
import type { Engine } from "../../../src/ports/engine.ts";
import { getAttempt } from "../../../src/store/attempts/get-attempt.ts";
import type { Store } from "../../../src/store/store.ts";
import { plannedTask, PROFILE } from "../delivery.ts";
import { dispatchWorld } from "../dispatch-world.ts";
import { deskBench, type DeskBench } from "./desk-bench.ts";
import { targetRepository } from "./target-repository.ts";

export interface HostBench extends AsyncDisposable {
  readonly folder: string;
  readonly target: string;
  readonly store: Store;
  readonly listener: RunningListener;
  readonly bench: DeskBench;
  dispatched(steps: readonly Json[], profile?: Partial<Profile>): Promise<Attempt>;
  worldOf(engine: Engine, parts?: Partial<RunWorld>): RunWorld;
  /** The attempt as the store has it. */
  now(attempt: Attempt): Promise<Attempt | null>;
}

const THERE: Partial<Profile> = { acceptance: [{ name: "there", run: "test -e src/new.txt", timeout: 10 }] };

/** Everything below a new folder of `parent`. */
export async function hostBench(parent: string): Promise<HostBench> {
  const folder = mkdtempSync(join(realpathSync(parent), "codex-loop-host-"));
  const target = join(folder, "target");
  const base = targetRepository(target, { "README.md": "Hello\n" });
  const store = await storeIn(folder);
  const bench = await deskBench(store, {
    clock: systemClock,
    parent: folder,
    world: { repository: gitRepository(process.env["PATH"] ?? "") },
  });
  const listener = await startHostListener({ desk: bench.desk, folder: join(folder, "arriving") });
  if (!listener.ok) throw new Error(listener.failure.message);
  mkdirSync(bench.world.places.attempts, { recursive: true });
  return {
    folder,
    target,
    store,
    listener: listener.value,
    bench,
    dispatched: (steps, profile = THERE) =>
      dispatched(store, { steps, target, base, profile: { ...PROFILE, ...profile } }),
    worldOf: (engine, parts = {}) => ({ ...worldFrom(bench, engine, listener.value.url), ...parts }),
    now: (attempt) => store.read((reader) => getAttempt(reader, attempt.id)),
    [Symbol.asyncDispose]: async () => {
      await listener.value[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function storeIn(folder: string): Promise<Store> {
  const path = join(folder, "store.db");
  const opened = await openSqlite({
    path,
    clock: systemClock,
    random: systemRandom,
    mode: "write",
    programVersion: "0",
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

interface Dispatching {
  readonly steps: readonly Json[];
  readonly target: string;
  readonly base: string;
  readonly profile: Profile;
}

async function dispatched(store: Store, { steps, target, base, profile }: Dispatching): Promise<Attempt> {
  const wish = { agent: "scripted", simulated: true, repository: target, script: { steps: [...steps] } } as const;
  const task = await plannedTask(store, wish);
  const world = await dispatchWorld(store, systemClock, {
    repository: { resolve: () => Promise.resolve(ok(base)) },
    profileAt: () => Promise.resolve(ok(profile)),
  });
  const attempt = await dispatchTask(world, task.id);
  if (attempt === null) throw new Error("it was not dispatched");
  return attempt;
}

function worldFrom({ world }: DeskBench, engine: Engine, hostUrl: string): RunWorld {
  const { store, clock, files, logs, settings, places, redact } = world;
  const removeFolder = (path: string): Promise<void> => Promise.resolve(rmSync(path, { recursive: true, force: true }));
  const own = { store, clock, engine, redact, files, logs, settings, places };
  return { ...own, isDead: () => false, removeFolder, hostUrl, only: null };
}

/** Wakes the stage `run` as the scheduler would. */
export function wake(type: EventType, attempt: Attempt, world: RunWorld): Promise<Handled> {
  const id = newId.event(systemClock.now());
  const at = instantOf(systemClock.now());
  const event: Event = {
    id,
    key: attempt.id,
    type,
    actor: "test",
    cause: null,
    trace: null,
    at,
    simulated: true,
    payload: {},
  };
  return runStage.handle(event, world);
}

/** Settles once it holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
