import type { Command } from "@stricli/core";
import type { UsageKey } from "../views/shapes/usage.ts";
import { codexHomeFlag, command } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";
import { Progress } from "./progress.ts";

interface UsageFlags {
  readonly codexHome?: string;
  readonly since?: string;
  readonly by: UsageKey;
}

export const usageCommand: Command<Context> = command<UsageFlags, []>({
  brief: "Tokens and money straight from the recordings; no store needed",
  examples: [
    "codex-loop usage",
    "codex-loop usage --by model --since 2026-11-01",
    "codex-loop usage --by session --json",
  ],
  parameters: {
    flags: {
      codexHome: codexHomeFlag,
      since: { kind: "parsed", parse: day, optional: true, brief: "From this UTC day on", placeholder: "YYYY-MM-DD" },
      by: { kind: "enum", values: ["day", "session", "model"], default: "day", brief: "What a row is" },
    },
  },
  run: (context, { codexHome, since, by }) =>
    withConfig(context, { codex_home: codexHome }, async (config) => {
      const { usageReport } = await import("../views/usage.ts");
      const { usageWorld } = await import("../world/usage.ts");
      const { renderUsage } = await import("./render-rows.ts");
      const progress = new Progress(context.output, { stream: context.stderr, clock: context.clock });
      const report = await usageReport(
        { by, since: since ?? null },
        {
          ...usageWorld(config),
          clock: context.clock,
          signal: context.stop,
          progress: (done, total) => progress.bytes(done, total),
        },
      );
      progress.end();
      if (!report.ok) return context.output.fail(report.failure);
      context.output.answer(report.value, () => renderUsage(report.value, context.output));
      return 0;
    }),
});

function day(input: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input) || Number.isNaN(Date.parse(input)))
    throw new SyntaxError(`"${input}" is not a day such as 2026-11-01`);
  return input;
}
