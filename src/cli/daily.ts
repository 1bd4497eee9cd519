import type { Command } from "@stricli/core";
import { codexHomeFlag, command, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";
import { Progress } from "./progress.ts";

export const dailyCommand: Command<Context> = command<
  { readonly codexHome?: string; readonly lookbackHours?: number },
  []
>({
  brief: "Ingest, find signals, price them, report: the daily run",
  examples: ["codex-loop daily", "codex-loop daily --lookback-hours 72", "codex-loop daily --json"],
  parameters: {
    flags: {
      codexHome: codexHomeFlag,
      lookbackHours: {
        kind: "parsed",
        parse: wholeNumber,
        optional: true,
        brief: "Hours to look back; default 24, everything on the first run",
        placeholder: "N",
      },
    },
  },
  run: (context, { codexHome, lookbackHours }) =>
    withStore(
      context,
      { mode: "write", flags: { codex_home: codexHome, lookback_hours: lookbackHours } },
      async ({ config, store }) => {
        const { learnWorld } = await import("../world/learn.ts");
        const { ingestRequest } = await import("../world/ingest-request.ts");
        const { daily } = await import("../loop/daily.ts");
        const { dailyRow } = await import("../views/daily.ts");
        const { renderDaily } = await import("./render-daily.ts");
        const { TRACE_SOURCES } = await import("../model/trace.ts");
        const request = ingestRequest({
          config,
          paths: [],
          sources: TRACE_SOURCES,
          lookbackHours: config.origins.lookback_hours.kind === "default" ? null : config.settings.lookback_hours,
        });
        if (!request.ok) return context.output.fail(request.failure);
        const progress = new Progress(context.output, { stream: context.stderr, clock: context.clock });
        const done = await daily(request.value, await learnWorld({ config, store, clock: context.clock }), {
          signal: context.stop,
          progress: ({ doneBytes, totalBytes }) => progress.bytes(doneBytes, totalBytes),
        });
        progress.end();
        if (!done.ok) return context.output.fail(done.failure);
        const row = await store.read((reader) =>
          dailyRow(reader, done.value, { now: context.clock.now(), minimumN: config.settings.minimum_n }),
        );
        context.output.answer(row, () => renderDaily(row, context.output));
        return 0;
      },
    ),
});
