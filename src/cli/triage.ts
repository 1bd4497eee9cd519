import type { Command } from "@stricli/core";
import { counted } from "../kit/text.ts";
import { instantOf } from "../model/time.ts";
import type { TriageRow } from "../views/shapes/triage.ts";
import { command, daysFlag } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { minuteOf } from "./words.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;

export const triageCommand: Command<Context> = command<{ readonly days?: number }, []>({
  brief: "What went wrong with runs, grouped by failure code, with the next command for each",
  examples: ["codex-loop triage", "codex-loop triage --days 7", "codex-loop triage --json=code,held,next"],
  parameters: {
    flags: {
      days: daysFlag,
    },
  },
  run: (context, { days }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { triageRows } = await import("../views/triage.ts");
      const since = instantOf(context.clock.now() - (days ?? DAYS) * DAY_MS);
      const rows = await store.read((reader) => triageRows(reader, since));
      context.output.answer(rows, () => told(rows, context.output));
      return 0;
    }),
});

const COLUMNS: readonly Column<TriageRow>[] = [
  { title: "code", value: (row) => row.code },
  { title: "category", value: (row) => row.category.replaceAll("_", " ") },
  { title: "held", value: (row) => String(row.held), align: "right" },
  { title: "tasks", value: (row) => String(row.tasks), align: "right" },
  { title: "times", value: (row) => String(row.count), align: "right" },
  { title: "mark", value: (row) => (row.simulated > 0 ? "simulated" : "") },
  { title: "latest", value: (row) => minuteOf(row.latest) },
  { title: "next", value: (row) => row.next },
  { title: "what it means", value: (row) => row.means, elastic: true },
];

function told(rows: readonly TriageRow[], output: Output): string {
  if (rows.length === 0) return "Nothing went wrong.";
  const heldOf = (some: readonly TriageRow[]): number => some.reduce((sum, row) => sum + row.held, 0);
  const simulated = heldOf(rows.filter((row) => row.simulated > 0));
  const among = simulated === 0 ? "" : `, ${simulated} of them simulated`;
  return `${table(rows, COLUMNS, output)}\n${counted(heldOf(rows), "task")} held${among}; docs/operate/runbook.md says more about each category`;
}
