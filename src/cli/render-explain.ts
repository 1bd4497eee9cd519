import type { ExplainRow } from "../views/shapes/explain.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { minuteOf } from "./words.ts";

const COLUMNS: readonly Column<ExplainRow>[] = [
  { title: "reason", value: (row) => row.reason.replaceAll("_", " ") },
  { title: "since", value: (row) => minuteOf(row.since) },
  { title: "lifted by", value: (row) => row.lifted_by },
  { title: "task", value: (row) => row.task_id ?? "–" },
];

export function renderExplain(rows: readonly ExplainRow[], output: Output): string {
  return rows.length === 0 ? "Nothing holds it back: the next look takes it." : table(rows, COLUMNS, output);
}
