import type { BudgetRow } from "../views/shapes/budget.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { dollars } from "./words.ts";

const COLUMNS: readonly Column<BudgetRow>[] = [
  { title: "scope", value: (row) => row.scope, elastic: true },
  { title: "unit", value: (row) => row.unit },
  { title: "cap", value: (row) => (row.cap === null ? "none" : amount(row, row.cap)), align: "right" },
  { title: "reserved", value: (row) => amount(row, row.reserved), align: "right" },
  { title: "spent", value: spent, align: "right" },
  { title: "left", value: (row) => left(row), align: "right" },
  { title: "provenance", value: (row) => row.provenance },
];

export function renderBudget(rows: readonly BudgetRow[], output: Output): string {
  const unknown = rows.some((row) => row.unknown > 0)
    ? "\n≥: some of its requests have no known price; the token caps bind them"
    : "";
  return `${table(rows, COLUMNS, output)}${unknown}`;
}

function spent(row: BudgetRow): string {
  return `${row.unknown > 0 ? "≥ " : ""}${amount(row, row.spent)}`;
}

function left(row: BudgetRow): string {
  return row.cap === null ? "–" : amount(row, Math.max(0, row.cap - row.spent - row.reserved));
}

function amount({ unit }: BudgetRow, value: number): string {
  return unit === "usd" ? dollars(value) : String(value);
}
