/** Everything that carrying ideas needs, opened: the gateway, the host listener, the engine, git, walls, files. */
import { join } from "node:path";
import { Trash, trashOf } from "../adapters/disk/trash.ts";
import { startHostListener } from "../adapters/host/host-listener.ts";
import { findProgram } from "../adapters/process/find-program.ts";
import { environment } from "../config/environment.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { ok, type Result } from "../kit/result.ts";
import type { Holder } from "../model/holder.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId } from "../model/ids.ts";
import { judgeDispatch } from "../loop/dispatch/judge-dispatch.ts";
import { openDesk } from "../loop/run/desk.ts";
import type { DeliveryWorld } from "../loop/loop.ts";
import type { Engine } from "../ports/engine.ts";
import { deskWorld } from "./desk.ts";
import { openEngine } from "./engine.ts";
import { openGateway } from "./gateway.ts";
import type { LearnSurroundings } from "./learn.ts";
import { noCodeHost } from "./no-code-host.ts";
import { openRepository } from "./repository.ts";
import { roleCard } from "./role-cards.ts";
import { rulesOfRepository } from "./rules-of-repository.ts";
import { openRunFiles } from "./run-files.ts";
import { runPlaces } from "./run-places.ts";
import { openSandbox } from "./sandbox.ts";
import { surroundingsOf } from "./surroundings.ts";
import { thisProcess } from "./this-process.ts";

export interface DeliveryWish {
  readonly config: LoadedConfig;
  readonly learn: LearnSurroundings;
  /** Carry only this idea; `null`: all. */
  readonly only: IdeaId | null;
  /** Keep the folders of the attempts. */
  readonly keep: boolean;
  readonly stop: AbortSignal;
  /** Told of what the gateway or the desk could not do. */
  readonly trouble: (error: unknown) => void;
}

export interface Delivery extends AsyncDisposable {
  readonly world: DeliveryWorld;
}

/** Without a key there is no gateway, and then admission says so of every task that needs one. */
export async function openDelivery(wish: DeliveryWish): Promise<Result<Delivery, Failure>> {
  const { config, learn, only, keep, stop, trouble } = wish;
  const { settings } = config;
  const { store, clock } = learn;
  await using opening = new AsyncDisposableStack();
  const gateway =
    config.secrets["gateway.upstream_key"] === null ? null : await openGateway(config, { store, clock, trouble });
  if (gateway !== null && !gateway.ok) return gateway;
  if (gateway !== null) opening.use(gateway.value);
  const repository = openRepository();
  const rules = rulesOfRepository(repository);
  const places = runPlaces(settings);
  const { files, logs } = openRunFiles(settings.home);
  const codexBinary = findProgram(settings["codex.bin"], environment()["PATH"] ?? "");
  const reached = gateway === null ? null : { url: gateway.value.url, socket: gateway.value.socket };
  const shared = { ...learn, settings, files, logs, places };
  const desk = openDesk(deskWorld({ ...shared, rules, repository, gateway: reached, codexBinary, stop }));
  const listener = await startHostListener({ desk, folder: places.refused });
  if (!listener.ok) return listener;
  opening.use(listener.value);
  const trash = opening.use(new Trash(trashOf(join(places.attempts, "any"))));
  trash.empty();
  const started = new Set<Holder>();
  opening.defer(() => endRunners(openEngine(settings.home), started));
  const world: DeliveryWorld = {
    ...shared,
    ...rules,
    repository,
    roleCard,
    surroundings: surroundingsOf(config, { sandbox: openSandbox({ codexBinary }), clock }),
    judge: (question) => judgeDispatch({ ...learn, ...rules }, question),
    trouble: onceEach(trouble),
    holder: thisProcess.holder,
    only,
    keep,
    stop,
    engine: remembering(openEngine(settings.home), started),
    removeFolder: async (folder) => {
      await trash.take(folder);
      trash.empty();
    },
    isDead: thisProcess.isDead,
    hostUrl: listener.value.url,
    codeHost: noCodeHost,
  };
  const opened = opening.move();
  return ok({ world, [Symbol.asyncDispose]: () => opened.disposeAsync() });
}

/** The same trouble comes with every round; it is news once. */
function onceEach(tell: (error: unknown) => void): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    const text = String(error);
    if (told.has(text)) return;
    told.add(text);
    tell(error);
  };
}

/** Remembers who was started here. */
function remembering(engine: Engine, started: Set<Holder>): Engine {
  return {
    ...engine,
    start: async (start) => {
      const holder = await engine.start(start);
      if (holder.ok) started.add(holder.value);
      return holder;
    },
  };
}

/**
 * Runners that were started here cannot go on without their host. Asked to end while the listener still hears them, they
 * say so, and their tasks are ready again at once.
 */
async function endRunners(engine: Engine, started: ReadonlySet<Holder>): Promise<void> {
  const running = [];
  for (const holder of started) if ((await engine.look(holder)) === "running") running.push(holder);
  await Promise.all(running.map((holder) => engine.stop(holder)));
}
