import type { Command } from "@stricli/core";
import type { Result } from "../kit/result.ts";
import type { IngestRequest, IngestWorld } from "../loop/learn/ingest/ingest.ts";
import type { IngestTally } from "../loop/learn/ingest/tally.ts";
import type { Failure } from "../model/failure.ts";
import { TRACE_SOURCES, type TraceSource } from "../model/trace.ts";
import { codexHomeFlag, command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";
import { Progress } from "./progress.ts";

interface IngestFlags {
  readonly codexHome?: string;
  readonly lookbackHours?: number;
  readonly source?: readonly TraceSource[];
  readonly follow: boolean;
}

export const ingestCommand: Command<Context> = command<IngestFlags, string[]>({
  brief: "Read recordings into the store, only what is new",
  examples: [
    "codex-loop ingest",
    "codex-loop ingest --lookback-hours 24",
    "codex-loop ingest session.jsonl exec-events.jsonl",
    "codex-loop ingest --follow",
  ],
  parameters: {
    flags: {
      codexHome: codexHomeFlag,
      lookbackHours: {
        kind: "parsed",
        parse: wholeNumber,
        optional: true,
        brief: "Only files changed in the last N hours",
        placeholder: "N",
      },
      source: { kind: "enum", values: TRACE_SOURCES, optional: true, variadic: ",", brief: "Only these formats" },
      follow: {
        kind: "boolean",
        default: false,
        withNegated: false,
        brief: "Keep reading as files grow, until Ctrl-C",
      },
    },
    positional: {
      kind: "array",
      parameter: { parse: text, brief: "Files, or folders searched for known formats", placeholder: "PATH" },
    },
  },
  run: (context, flags, ...paths) =>
    withStore(context, { mode: "write", flags: { codex_home: flags.codexHome } }, async ({ config, store }) => {
      const { learnWorld } = await import("../world/learn.ts");
      const { ingestRequest } = await import("../world/ingest-request.ts");
      const request = ingestRequest({
        config,
        paths,
        sources: flags.source ?? TRACE_SOURCES,
        lookbackHours: flags.lookbackHours ?? null,
      });
      if (!request.ok) return context.output.fail(request.failure);
      const world = await learnWorld({ config, store, clock: context.clock });
      return flags.follow
        ? follow(context, { world, request: request.value })
        : once(context, { world, request: request.value });
    }),
});

interface IngestRun {
  readonly world: IngestWorld;
  readonly request: IngestRequest;
}

async function once(context: Context, run: IngestRun): Promise<number> {
  const tally = await pass(context, run);
  return tally.ok ? answer(context, tally.value) : context.output.fail(tally.failure);
}

/** One answer for the first pass and for every later one that found something; Ctrl-C ends it, and ends it well. */
async function follow(context: Context, run: IngestRun): Promise<number> {
  const { recordingChanges } = await import("../world/recordings.ts");
  context.output.note(`Following ${run.request.paths.join(", ")}; Ctrl-C ends it.`);
  let isFirst = true;
  for await (const _ of recordingChanges(run.request.paths, context.stop)) {
    const tally = await pass(context, run);
    if (!tally.ok) return context.stop.aborted ? 0 : context.output.fail(tally.failure);
    if (isFirst || tally.value.bytes > 0) await answer(context, tally.value);
    isFirst = false;
  }
  return 0;
}

async function pass(context: Context, { world, request }: IngestRun): Promise<Result<IngestTally, Failure>> {
  const { ingest } = await import("../loop/learn/ingest/ingest.ts");
  const progress = new Progress(context.output, { stream: context.stderr, clock: context.clock });
  const tally = await ingest(request, world, {
    signal: context.stop,
    progress: ({ doneBytes, totalBytes }) => progress.bytes(doneBytes, totalBytes),
  });
  progress.end();
  return tally;
}

async function answer(context: Context, tally: IngestTally): Promise<number> {
  const { ingestRow } = await import("../views/ingest.ts");
  const { renderIngest } = await import("./render-rows.ts");
  const row = ingestRow(tally);
  context.output.answer(row, () => renderIngest(row));
  return 0;
}
