import type { Command } from "@stricli/core";
import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { codexHomeFlag, command, wholeNumber } from "./command.ts";
import { startConsole } from "./console.ts";
import type { Context } from "./context.ts";
import { heardStore } from "./heard-store.ts";
import { newLearner, type Learner } from "./learner.ts";
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
      codexHome: codexHomeFlag,
      ingest: { kind: "boolean", default: true, brief: "Read nothing, only serve" },
    },
  },
  run: (context, { port, codexHome, ingest }) =>
    withStore(context, { mode: "write", flags: { port, codex_home: codexHome } }, (opened) =>
      serve(context, opened, ingest),
    ),
});

/** Serves first and reads next, so that a large home never keeps the console waiting. A server stopped on purpose exits 0. */
async function serve(context: Context, { config, store }: Opened, wantsIngest: boolean): Promise<number> {
  const { createStore } = await import("../loop/create-store.ts");
  await createStore(store, context.clock);
  const { learnWorld } = await import("../world/learn.ts");
  const { Pulse } = await import("../server/pulse.ts");
  const { RoleHealth } = await import("../server/roles/role-health.ts");
  const pulse = new Pulse();
  const health = new RoleHealth();
  const opened = { config, store: heardStore(store, pulse) };
  const world = await learnWorld({ ...opened, clock: context.clock });
  const learner = await newLearner({ opened, world, wantsIngest, stop: context.stop });
  learner.onLearned = () => pulse.beat();
  const running = await startConsole(context, { opened, learner, pulse, health, redact: world.redact });
  if (!running.ok) return context.output.fail(running.failure);
  await using ending = new AsyncDisposableStack();
  const server = ending.use(running.value.server);
  const { startCrew } = await import("./crew.ts");
  const wish = { opened, learn: world, pulse, health, only: null, keep: false, address: server.url };
  const crew = await startCrew(context, wish);
  if (!crew.ok) return context.output.fail(crew.failure);
  ending.use(crew.value);
  context.output.note(`Serving ${server.url}`);
  const read = learner.paths.length === 0 ? ok(null) : await readAll(context, learner);
  if (!read.ok && read.failure.code !== "interrupted") return context.output.fail(read.failure);
  await report(context, opened, server.url);
  context.output.note(
    `Console: ${server.url}#/?operator=${running.value.token}\nThat link lets you write; ${server.url} only reads. Ctrl-C ends it.`,
  );
  await offerDemo(context, opened);
  await untilStopped(context, learner);
  return 0;
}

/** Who has handed nothing in and could not run an agent yet can still see one at work. */
async function offerDemo(context: Context, { config, store }: Opened): Promise<void> {
  const { countRows } = await import("../store/facts/count-rows.ts");
  const { agentReady } = await import("../world/agent-ready.ts");
  const ideas = await store.read((reader) => countRows(reader, "ideas"));
  if (ideas > 0 || (await agentReady(config, "codex")).ok) return;
  context.output.note(
    "See a failing test mended, in another terminal: codex-loop demo run (simulated: needs neither key nor agent)",
  );
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
  const { patiently } = await import("../server/roles/patiently.ts");
  for await (const _ of recordingChanges(learner.paths, context.stop)) {
    const pass = await patiently(
      () => learner.learn(() => undefined),
      (failure) => context.output.note(failure.message),
    );
    tellProblems(context, pass);
  }
}

/** What a pass could not read is said when it is met, and the server goes on. */
function tellProblems(context: Context, pass: Awaited<ReturnType<Learner["learn"]>> | null): void {
  if (pass === null) return;
  if (!pass.ok && pass.failure.code !== "interrupted") context.output.note(pass.failure.message);
  const problems = pass.ok ? (pass.value?.tally.problems ?? []) : [];
  for (const { path, reason } of problems) context.output.note(`Not read: ${path} (${reason.replaceAll("_", " ")})`);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
