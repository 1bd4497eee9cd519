import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../../../src/adapters/disk/disk-files.ts";
import { diskRecordings } from "../../../src/adapters/disk/disk-recordings.ts";
import { diskRunLogs } from "../../../src/adapters/disk/disk-run-logs.ts";
import { fixedClock, type Clock } from "../../../src/kit/clock.ts";
import { ok } from "../../../src/kit/result.ts";
import { ingest } from "../../../src/loop/learn/ingest/ingest.ts";
import { recompute } from "../../../src/loop/learn.ts";
import { openDesk } from "../../../src/loop/run/desk.ts";
import type { DeskWorld } from "../../../src/loop/run/run-world.ts";
import type { Attempt } from "../../../src/model/attempt.ts";
import { holderOf, type Holder } from "../../../src/model/holder.ts";
import { instantOf, msOf } from "../../../src/model/time.ts";
import { TRACE_SOURCES } from "../../../src/model/trace.ts";
import { priceOfRows } from "../../../src/policy/prices/price-of.ts";
import { redactor } from "../../../src/policy/redact/redact-text.ts";
import type { Caller, Desk } from "../../../src/ports/desk.ts";
import { reserveAttempt } from "../../../src/store/ledger/reserve-attempt.ts";
import type { Store } from "../../../src/store/store.ts";
import { mintToken } from "../../../src/store/tokens/mint-token.ts";
import { LIMITS } from "../../contracts/money-fixture.ts";
import { SUITE_START } from "../../contracts/store-harness.ts";
import { defaultSettings } from "../default-settings.ts";
import { plannedTask, queuedAttempt, STAMP } from "../delivery.ts";

export const HOLDER: Holder = holderOf({ host: "here", pid: 42, start: "9" });
/** A secret that only the host knows: no rule recognises its shape. */
export const OWN_SECRET = "correct-horse-battery";

/** A desk over a store, with bundles that are diffs, files of its own and one attempt that has been queued and may be started. */
export interface DeskBench extends Disposable {
  readonly folder: string;
  readonly world: DeskWorld;
  readonly desk: Desk;
  readonly attempt: Attempt;
  readonly caller: Caller;
  /** A file with this text, to be handed in. */
  file(text: string): string;
}

export interface DeskWish {
  readonly clock?: Clock;
  readonly agent?: "codex" | "scripted";
  readonly world?: Partial<DeskWorld>;
  /** Where its folder is made; the system's temporary folder when left out. */
  readonly parent?: string;
}

const CONTROL = { signal: new AbortController().signal, progress: () => {} };

export async function deskBench(
  store: Store,
  { clock = fixedClock(SUITE_START), agent = "codex", world = {}, parent = tmpdir() }: DeskWish = {},
): Promise<DeskBench> {
  const folder = mkdtempSync(join(parent, "desk-"));
  const redact = redactor({ salt: "salt", known: [OWN_SECRET] });
  const learn = { clock, store, redact, recordings: diskRecordings(), priceOf: priceOfRows([], []), priceVersion: "1" };
  const own: DeskWorld = {
    store,
    clock,
    settings: await defaultSettings(),
    redact,
    files: diskFiles(join(folder, "files")),
    logs: diskRunLogs(join(folder, "logs")),
    priceOf: learn.priceOf,
    places: {
      attempts: join(folder, "attempts"),
      setupCache: join(folder, "cache"),
      recordings: join(folder, "recordings"),
      refused: join(folder, "refused"),
      hidden: [folder],
    },
    gateway: { url: "http://127.0.0.1:1/v1", socket: "/nowhere/gateway.sock" },
    codexBinary: "/usr/bin/codex",
    repository: { addedIn: async (_, { bundle }) => ok(await readFile(bundle, "utf8")) },
    judgeCommand: () => Promise.resolve({ decision: "need", rule: null, reason: "no rule allows it" }),
    ingest: async (path) => {
      await ingest({ paths: [path], sources: TRACE_SOURCES, lookbackHours: null, sample: false }, learn, CONTROL);
    },
    judge: async (session) => void (await recompute(learn, { session, signal: CONTROL.signal })),
    ...world,
  };
  const attempt = await queued(store, agent);
  const { id: attemptId, fence } = attempt;
  const token = await store.write(STAMP, (tx) =>
    mintToken(tx, { use: "host", attemptId, fence, expiresAt: instantOf(msOf(tx.now) + 8 * 24 * 3_600_000) }),
  );
  let files = 0;
  return {
    folder,
    world: own,
    desk: openDesk(own),
    attempt,
    caller: { attemptId, fence, token },
    file: (text) => {
      files += 1;
      const path = join(folder, `file-${files}`);
      writeFileSync(path, text);
      return path;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function queued(store: Store, agent: "codex" | "scripted"): Promise<Attempt> {
  const task = await plannedTask(store, { agent, simulated: agent === "scripted" });
  const attempt = await queuedAttempt(store, task);
  const { id: attemptId, ideaId, taskId, role, model, simulated } = attempt;
  const caps = { ...attempt.order.caps, responses: 5 };
  await store.write(STAMP, (tx) =>
    reserveAttempt(tx, { attemptId, ideaId, taskId, role, model, simulated, caps, limits: LIMITS }),
  );
  return attempt;
}
