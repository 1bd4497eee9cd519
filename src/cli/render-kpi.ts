import type { KpiRow } from "../views/shapes/kpi.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";

const COLUMNS: readonly Column<KpiRow>[] = [
  { title: "gate", value: (row) => row.gate },
  { title: "value", value: (row) => figure(row.value, row), align: "right" },
  {
    title: "target",
    value: (row) => `${row.bound === "at_least" ? "≥" : "≤"} ${figure(row.target, row)}`,
    align: "right",
  },
  { title: "n", value: (row) => String(row.n), align: "right" },
  { title: "verdict", value: (row) => row.verdict.replaceAll("_", " ") },
  { title: "why", value: (row) => row.why ?? "", elastic: true },
];

export function renderKpi(rows: readonly KpiRow[], output: Output): string {
  const simulated = rows.reduce((sum, row) => sum + row.simulated, 0);
  const note = simulated === 0 ? "" : "\nSimulated runs are left out of every figure.";
  return `${table(rows, COLUMNS, output)}${note}`;
}

function figure(value: number | null, { unit }: KpiRow): string {
  if (value === null) return "–";
  if (unit === "share") return `${(100 * value).toFixed(1)} %`;
  if (unit === "usd") return `$${value.toFixed(2)}`;
  return unit === "minutes" || unit === "hours" ? `${value.toFixed(1)} ${unit}` : String(value);
}
