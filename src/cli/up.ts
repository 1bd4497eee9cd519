import type { Command } from "@stricli/core";
import { ok, type Result } from "../kit/result.ts";
import type { IngestControl } from "../loop/learn/ingest/ingest.ts";
import type { ReadAndLearned } from "../loop/read-and-learn.ts";
import type { Failure } from "../model/failure.ts";
import type { RunningServer } from "../server/server.ts";
import type { ResolvedRequest } from "../world/ingest-request.ts";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore, type Opened } from "./open.ts";
import { Progress } from "./progress.ts";

interface UpFlags {
  readonly port?: number;
  readonly codexHome?: string;
  readonly ingest: boolean;
}

export const upCommand: Command<Context> = command<UpFlags, []>({
  brief: "Read what is new, report it, and serve the console until Ctrl-C",
  examples: ["codex-loop up", "codex-loop up --port 7400", "codex-loop up --no-ingest"],
  parameters: {
    flags: {
      port: {
        kind: "parsed",
        parse: wholeNumber,
        optional: true,
        brief: "Port on 127.0.0.1; default 7337",
        placeholder: "N",
      },
      codexHome: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "Codex home to read; default $CODEX_HOME or ~/.codex",
        placeholder: "DIR",
      },
      ingest: { kind: "boolean", default: true, brief: "Read nothing, only serve" },
    },
  },
  run: (context, { port, codexHome, ingest }) =>
    withStore(context, { mode: "write", flags: { port, codex_home: codexHome } }, (opened) =>
      serve(context, opened, ingest),
    ),
});

/** Serves first and reads next, so that a large home never keeps the console waiting. A server stopped on purpose exits 0. */
async function serve(context: Context, opened: Opened, wantsIngest: boolean): Promise<number> {
  const { createStore } = await import("../loop/create-store.ts");
  await createStore(opened.store, context.clock);
  const learner = await newLearner(context, opened, wantsIngest);
  const running = await startConsole(context, opened, learner);
  if (!running.ok) return context.output.fail(running.failure);
  await using server = running.value.server;
  context.output.note(`Serving ${server.url}`);
  const read = learner.paths.length === 0 ? ok(null) : await readAll(context, learner);
  if (!read.ok && read.failure.code !== "interrupted") return context.output.fail(read.failure);
  await report(context, opened, server.url);
  context.output.note(
    `Console: ${server.url}#/?operator=${running.value.token}\nThat link lets you write; ${server.url} only reads. Ctrl-C ends it.`,
  );
  await untilStopped(context, learner);
  return 0;
}

/** What may be read, and the one way to read it: passes never overlap. */
interface Learner {
  /** Where the first pass looks; nothing when nothing may be read. */
  readonly paths: readonly string[];
  /** A person's recordings grow while they work; the ones we ship never do. */
  readonly grows: boolean;
  /** `null` when there is nothing to read. */
  learn(progress: IngestControl["progress"]): Promise<Result<ReadAndLearned | null, Failure>>;
  /** Called after every pass. */
  onLearned: () => void;
}

async function newLearner(context: Context, opened: Opened, wantsIngest: boolean): Promise<Learner> {
  const { learnWorld } = await import("../world/learn.ts");
  const { readAndLearn } = await import("../loop/read-and-learn.ts");
  const world = await learnWorld({ ...opened, clock: context.clock });
  const first = wantsIngest ? await wanted(opened) : null;
  let last: Promise<unknown> = Promise.resolve();
  const learner: Learner = {
    paths: first?.paths ?? [],
    grows: first?.sample === false,
    onLearned: () => undefined,
    learn: async (progress) => {
      const pass = last.then(async () => {
        const request = wantsIngest ? await wanted(opened) : null;
        return request === null ? ok(null) : readAndLearn(request, world, { signal: context.stop, progress });
      });
      last = pass.catch(() => undefined);
      const done = await pass;
      learner.onLearned();
      return done;
    },
  };
  return learner;
}

/** The person's Codex home, else the samples where they may be taken. Asked anew for every pass: either can change. */
async function wanted({ config, store }: Opened): Promise<ResolvedRequest | null> {
  const { ingestRequest } = await import("../world/ingest-request.ts");
  const { sampleRequest } = await import("../world/samples.ts");
  const { TRACE_SOURCES } = await import("../model/trace.ts");
  const own = ingestRequest({ config, paths: [], sources: TRACE_SOURCES, lookbackHours: null });
  return own.ok ? own.value : sampleRequest(store, config.settings.codex_home);
}

interface OpenConsole {
  readonly server: RunningServer;
  readonly token: string;
}

async function startConsole(
  context: Context,
  { config, store }: Opened,
  learner: Learner,
): Promise<Result<OpenConsole, Failure>> {
  const { consolePage } = await import("../world/page.ts");
  const { operatorToken } = await import("../world/operator-token.ts");
  const { programVersion } = await import("../world/program.ts");
  const { openPrices } = await import("../world/prices.ts");
  const { startServer } = await import("../server/server.ts");
  const { readsOf } = await import("../server/reads.ts");
  const { Pulse } = await import("../server/pulse.ts");
  const { storeFact } = await import("../store/facts/store-fact.ts");
  const page = await consolePage((line) => context.output.note(line));
  if (!page.ok) return page;
  const { settings } = config;
  const pulse = new Pulse();
  learner.onLearned = () => pulse.beat();
  const token = await operatorToken(settings.home);
  const server = await startServer({
    host: settings.host,
    port: settings.port,
    token,
    page: page.value,
    reads: readsOf({ store, clock: context.clock, minimumN: settings.minimum_n, priceOf: openPrices(settings) }),
    writes: {
      ingest: async () => {
        const done = await learner.learn(() => undefined);
        return done.ok ? ok({ files: done.value?.tally.files ?? 0 }) : done;
      },
    },
    feed: { store, changed: (signal) => pulse.next(signal), closing: context.stop },
    facts: {
      version: programVersion(),
      sample: async () => (await store.read((reader) => storeFact(reader, "sample"))) === "1",
    },
  });
  return server.ok ? ok({ server: server.value, token }) : server;
}

async function readAll(context: Context, learner: Learner): Promise<Result<unknown, Failure>> {
  const progress = new Progress(context.output, { stream: context.stderr, clock: context.clock });
  const learned = await learner.learn(({ doneBytes, totalBytes }) => progress.bytes(doneBytes, totalBytes));
  progress.end();
  return learned;
}

/** What the store has learned so far; with `--json` beside the address, so that a script finds a port it did not choose. */
async function report(context: Context, { config, store }: Opened, url: string): Promise<void> {
  const { learnedReport } = await import("../views/report.ts");
  const { renderReport } = await import("./render-report.ts");
  const query = { now: context.clock.now(), minimumN: config.settings.minimum_n };
  const learned = await store.read((reader) => learnedReport(reader, query));
  context.output.answer({ url, report: learned }, () => renderReport(learned, context.output));
}

/** Reads again whenever a recording grows, until Ctrl-C. */
async function untilStopped(context: Context, learner: Learner): Promise<void> {
  if (!learner.grows) return stopped(context.stop);
  const { recordingChanges } = await import("../world/recordings.ts");
  for await (const _ of recordingChanges(learner.paths, context.stop)) await learner.learn(() => undefined);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
