import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "@stricli/core";
import type { RunFiles } from "../views/run-files.ts";
import type { RunLog, RunLogLine } from "../views/shapes/run.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { ID_PARAMETER } from "./id-parameter.ts";
import { withStore } from "./open.ts";

/** Nobody tells another process of new lines, so they are looked for this often. */
const LOOK_MS = 300;

export const logsCommand: Command<Context> = command<{ readonly follow: boolean }, [string]>({
  brief: "What a run did, line by line",
  examples: [
    "codex-loop run logs 01a1f6cc-d141",
    "codex-loop run logs 01a1f6cc-d141 --follow",
    "codex-loop run logs 01a1f6cc --json",
  ],
  parameters: {
    positional: ID_PARAMETER,
    flags: { follow: { kind: "boolean", default: false, withNegated: false, brief: "Until the run has ended" } },
  },
  run: (context, { follow }, id) =>
    withStore(context, { mode: "read" }, async ({ config, store }) => {
      const { openRunFiles } = await import("../world/run-files.ts");
      const around = { store, ...openRunFiles(config.settings.home) };
      return follow ? followLog(context, around, id) : printLog(context, around, id);
    }),
});

async function printLog(context: Context, around: RunFiles, id: string): Promise<number> {
  const { runLog } = await import("../views/run-files.ts");
  const { renderLogLine } = await import("./render-log.ts");
  const lines: RunLogLine[] = [];
  for (let after = 0; ;) {
    const log = await runLog(around, { id, after });
    if (!log.ok) return context.output.fail(log.failure);
    lines.push(...log.value.lines);
    if (log.value.after === after) break;
    after = log.value.after;
  }
  context.output.answer(lines, () =>
    lines.length === 0 ? "Nothing is logged." : lines.map((line) => renderLogLine(line, context.output)).join("\n"),
  );
  return 0;
}

/** Prints what is there, then what comes, until the run has ended. With `--json` each line is a document of its own. */
async function followLog(context: Context, around: RunFiles, id: string): Promise<number> {
  const { runLog } = await import("../views/run-files.ts");
  const { renderLogLine } = await import("./render-log.ts");
  for (let after = 0; ;) {
    const log = await runLog(around, { id, after });
    if (!log.ok) return context.output.fail(log.failure);
    for (const line of log.value.lines) context.output.answer(line, () => renderLogLine(line, context.output));
    if (isOver(log.value)) return 0;
    after = log.value.after;
    if (!(await waited(context))) return 130;
  }
}

/** A log that has ended may have had more to give than was read at once. */
function isOver({ ended, lines }: RunLog): boolean {
  return ended && lines.length === 0;
}

/** False when Ctrl-C was pressed meanwhile. */
function waited({ stop }: Context): Promise<boolean> {
  return pause(LOOK_MS, true, { signal: stop }).catch(() => false);
}
