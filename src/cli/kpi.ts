import type { Command } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import { command, daysFlag } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

/** Long enough for a month's gate to see its month. */
const DAYS = 30;

export const kpiCommand: Command<Context> = command<{ readonly days?: number }, []>({
  brief: "The figures agents are judged by, from what was measured; exit 3 when a gate fails",
  examples: ["codex-loop kpi", "codex-loop kpi --days 7", "codex-loop kpi --json=gate,value,verdict"],
  parameters: {
    flags: {
      days: daysFlag,
    },
  },
  run: (context, { days }) =>
    withStore(context, { mode: "read" }, async ({ config: { settings }, store }) => {
      const { kpiRows } = await import("../views/kpi.ts");
      const { renderKpi } = await import("./render-kpi.ts");
      const query = {
        now: context.clock.now(),
        days: days ?? DAYS,
        minimumN: settings.minimum_n,
        dayMicroDollars: settings["caps.day.usd"],
        monthMicroDollars: settings["caps.month.usd"],
      };
      const rows = await store.read((reader) => kpiRows(reader, query));
      context.output.answer(rows, () => renderKpi(rows, context.output));
      return rows.some(({ verdict }) => verdict === "fail") ? FAILURE_EXITS.gate_says_no : 0;
    }),
});
