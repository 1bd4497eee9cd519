import type { Command } from "@stricli/core";
import type { ExplainRow } from "../views/shapes/explain.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { minuteOf } from "./words.ts";

export const explainCommand: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Why a task does or does not run: every reason, since when, and what lifts it",
  examples: ["codex-loop explain 01a1f6cc-d141", "codex-loop explain 01a1f6cc --json=reason,lifted_by"],
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [{ parse: text, brief: "Id of a task, an idea or a run, or the start of it", placeholder: "ID" }],
    },
  },
  run: (context, _flags, said) =>
    withStore(context, { mode: "read" }, async ({ config, store }) => {
      const { explain } = await import("../loop/explain.ts");
      const { explainWorld } = await import("../world/explain.ts");
      const rows = await explain(explainWorld(config, { store, clock: context.clock }), said);
      if (!rows.ok) return context.output.fail(rows.failure);
      context.output.answer(rows.value, () => told(rows.value, context.output));
      return 0;
    }),
});

const COLUMNS: readonly Column<ExplainRow>[] = [
  { title: "reason", value: (row) => row.reason.replaceAll("_", " ") },
  { title: "since", value: (row) => minuteOf(row.since) },
  { title: "lifted by", value: (row) => row.lifted_by },
  { title: "task", value: (row) => row.task_id ?? "–" },
];

function told(rows: readonly ExplainRow[], output: Output): string {
  return rows.length === 0 ? "Nothing holds it back: the next look takes it." : table(rows, COLUMNS, output);
}
