import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitWorkspace } from "../../../src/adapters/git/git-workspace.ts";
import { scriptedAgent } from "../../../src/adapters/scripted/scripted-agent.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import type { Json } from "../../../src/kit/json.ts";
import { holderOf } from "../../../src/model/holder.ts";
import type { Launch } from "../../../src/model/launch.ts";
import type { Order } from "../../../src/model/order.ts";
import { findSecrets } from "../../../src/policy/redact/find-secrets.ts";
import type { Agent } from "../../../src/ports/agent.ts";
import type { Sandbox } from "../../../src/ports/sandbox.ts";
import { runAttempt, type RunEnd } from "../../../src/runner/run-attempt.ts";
import { removeFolder } from "../../../src/adapters/disk/trash.ts";
import type { RunnerWorld } from "../../../src/runner/runner-world.ts";
import { aLaunch, anOrder } from "./an-order.ts";
import { FakeHost } from "./fake-host.ts";
import { plainSandbox, type PlainSandbox } from "./plain-sandbox.ts";
import { targetRepository } from "./target-repository.ts";

export interface BenchWish {
  readonly files?: Readonly<Record<string, string>>;
  readonly steps?: readonly Json[];
  readonly order?: Partial<Order>;
  readonly launch?: Partial<Launch>;
  readonly agent?: Agent;
  /** Real walls; none when left out. */
  readonly walls?: Sandbox;
  /** Where its folder is made; the system's temporary folder when left out. */
  readonly parent?: string;
}

/** One attempt with real git and real processes, a scripted agent, a host in memory, and no walls unless given. */
export interface AttemptBench extends Disposable {
  readonly folder: string;
  readonly repository: string;
  readonly base: string;
  readonly host: FakeHost;
  readonly sandbox: PlainSandbox;
  readonly launch: Launch;
  readonly stop: AbortController;
  run(): Promise<RunEnd>;
}

const ENVIRONMENT = { PATH: process.env["PATH"] ?? "" };

export function attemptBench(wish: BenchWish = {}): AttemptBench {
  const folder = mkdtempSync(join(realpathSync(wish.parent ?? tmpdir()), "attempt-"));
  const repository = join(folder, "target");
  const base = targetRepository(repository, wish.files ?? { "README.md": "Hello\n" });
  const order = anOrder({ repository, base, script: { steps: [...(wish.steps ?? [])] }, ...wish.order });
  const places = { folder: join(folder, "attempts", "1"), setupCache: join(folder, "cache") };
  const launch = aLaunch(order, { ...places, ...wish.launch });
  const host = new FakeHost(launch);
  const sandbox = plainSandbox();
  const stop = new AbortController();
  const world: RunnerWorld = {
    clock: systemClock,
    holder: holderOf({ host: "here", pid: 1, start: "1" }),
    host,
    workspace: gitWorkspace(ENVIRONMENT.PATH),
    sandboxOf: () => wish.walls ?? sandbox,
    agentOf: () => wish.agent ?? scriptedAgent({ script: launch.order.script, environment: ENVIRONMENT }),
    removeFolder: (path) => removeFolder(path, 60_000),
    environment: ENVIRONMENT,
    secretKinds: (text) => findSecrets(text).map((found) => found.kind),
    redact: (text) => text,
  };
  return {
    folder,
    repository,
    base,
    host,
    sandbox,
    launch,
    stop,
    run: () => runAttempt(world, stop.signal),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
