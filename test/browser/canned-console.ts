/** The real server with the real page and the real event log, over canned views that a test may exchange while it runs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { seededRandom } from "../../src/kit/random.ts";
import { fail, ok, type Result } from "../../src/kit/result.ts";
import type { EventType } from "../../src/model/event.ts";
import type { Failure } from "../../src/model/failure.ts";
import type { Reads, Writes } from "../../src/server/api.ts";
import { Pulse } from "../../src/server/pulse.ts";
import type { OperatorWords } from "../../src/server/words.ts";
import { startServer } from "../../src/server/server.ts";
import { appendEvent } from "../../src/store/events/append-event.ts";
import type { SessionDetail } from "../../src/views/shapes/session.ts";
import type { AskedApproval } from "../../src/views/shapes/approval.ts";
import type { IdeaDetail } from "../../src/views/shapes/idea.ts";
import type { RunDetail, RunDiff, RunLog } from "../../src/views/shapes/run.ts";
import { NO_WRITES } from "../fakes/no-writes.ts";
import { approval, DIFF, ideaDetail, LOG, runDetail } from "./canned-runs.ts";
import { report, sessionDetail, USAGE } from "./canned-views.ts";

export const TOKEN = "operator-token-of-this-test";

/** Whatever a test exchanges here is what the next read answers. */
export interface CannedViews {
  sample: boolean;
  sessions: readonly SessionDetail[];
  report: Awaited<ReturnType<Reads["report"]>>;
  search: Awaited<ReturnType<Reads["search"]>>;
  ideas: readonly IdeaDetail[];
  runs: readonly RunDetail[];
  runLog: RunLog;
  runDiff: RunDiff;
  approvals: readonly AskedApproval[];
}

export interface CannedConsole extends AsyncDisposable {
  readonly url: string;
  readonly views: CannedViews;
  /** How often the operator had everything read again. */
  readonly ingests: () => number;
  /** What the operator did, in order: the act, its id, and the reason where one was given. */
  readonly acts: () => readonly string[];
  /** Appends an event to the log, as another part of the program would. */
  readonly happen: (type: EventType) => Promise<void>;
}

export async function startConsole(change: Partial<CannedViews> = {}): Promise<CannedConsole> {
  const views: CannedViews = {
    sample: true,
    sessions: [sessionDetail()],
    report: report(),
    search: [],
    ideas: [ideaDetail()],
    runs: [runDetail()],
    runLog: LOG,
    runDiff: DIFF,
    approvals: [approval()],
    ...change,
  };
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-console-"));
  const store = valueOf(
    await openSqlite({ path: join(directory, "store.db"), clock: systemClock, random: seededRandom(1) }),
  );
  const pulse = new Pulse();
  const closing = new AbortController();
  let ingests = 0;
  const acts: string[] = [];
  const server = valueOf(
    await startServer({
      host: "127.0.0.1",
      port: 0,
      token: TOKEN,
      page: inject("page"),
      reads: readsOf(views),
      writes: { ...writesOf(acts), ingest: () => Promise.resolve(ok({ files: (ingests += 1) })) },
      feed: { store, changed: (signal) => pulse.next(signal), closing: closing.signal },
      facts: { version: "test", sample: () => Promise.resolve(views.sample), failing: () => [] },
    }),
  );
  return {
    url: server.url,
    views,
    ingests: () => ingests,
    acts: () => acts,
    happen: async (type) => {
      await store.write({ actor: "test" }, (tx) => appendEvent(tx, { type, key: "test" }));
      pulse.beat();
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await server[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Notes what was asked for instead of doing it. */
function writesOf(acts: string[]): Writes {
  const note = (name: string, id: string, words?: OperatorWords) => {
    acts.push([name, id, words?.reason].filter((word) => word !== undefined && word !== null).join(" "));
    return Promise.resolve(ok({ id, state: name }));
  };
  return {
    ...NO_WRITES,
    grant: (id, words) => note("grant", id, words),
    deny: (id, words) => note("deny", id, words),
    cancelRun: (id) => note("cancel_run", id),
    pauseIdea: (id) => note("pause", id),
    cancelIdea: (id) => note("cancel_idea", id),
  };
}

function readsOf(views: CannedViews): Reads {
  const signals = () => views.sessions.flatMap((session) => session.signals);
  return {
    kpi: () => Promise.resolve([]),
    triage: () => Promise.resolve([]),
    sessions: () => Promise.resolve(views.sessions),
    session: (id) => {
      const found = views.sessions.find((session) => session.id === id);
      return Promise.resolve(found === undefined ? fail(UNKNOWN) : ok(found));
    },
    signals: ({ session, category }) =>
      Promise.resolve(
        signals().filter(
          (signal) =>
            (session ?? signal.session_id) === signal.session_id && (category ?? signal.category) === signal.category,
        ),
      ),
    report: () => Promise.resolve(views.report),
    usage: ({ by }) => Promise.resolve({ ...USAGE, by }),
    search: () => Promise.resolve(views.search),
    ideas: () => Promise.resolve(views.ideas),
    idea: (id) => byId(views.ideas, id),
    runs: () => Promise.resolve(views.runs),
    run: (id) => byId(views.runs, id),
    runLog: (_id, after) => {
      const lines = views.runLog.lines.filter((line) => line.number >= after);
      return Promise.resolve(ok({ ...views.runLog, lines }));
    },
    runDiff: () => Promise.resolve(ok(views.runDiff)),
    approvals: () => Promise.resolve(views.approvals),
    budget: () => Promise.resolve([]),
  };
}

function byId<T extends { readonly id: string }>(rows: readonly T[], id: string): Promise<Result<T, Failure>> {
  const row = rows.find((one) => one.id === id);
  return Promise.resolve(row === undefined ? fail(UNKNOWN) : ok(row));
}

const UNKNOWN: Failure = {
  code: "not_found",
  message: "There is no such session.",
  cause: "No recording of that thread was read into this store.",
  hint: "Do this: codex-loop sessions list",
  retry: "never",
};

function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure },
): T {
  if (!result.ok) throw new Error(`${result.failure.message} ${result.failure.cause}`);
  return result.value;
}
