import { clip } from "../kit/text.ts";
import type { Output } from "./output.ts";
import { visible } from "./visible.ts";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "right";
  /** May be shortened to make the table fit the terminal. */
  readonly elastic?: boolean;
}

/** A table: aligned for a terminal, tabs between columns in a pipe, so that `cut` and `awk` work. Makes cells harmless. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], output: Output): string {
  if (!output.isTerminal) return tabbed(rows, columns);
  const cells = rows.map((row) => columns.map((column) => visible(column.value(row))));
  const widths = fit(naturalWidths(cells, columns), columns, output.columns);
  const header = columns.map((column, index) => pad(column.title, widths[index] ?? 0, column));
  const lines = cells.map((line) =>
    line
      .map((cell, index) => padCell(cell, widths[index] ?? 0, columns[index]))
      .join("  ")
      .trimEnd(),
  );
  return [output.style("dim", header.join("  ").trimEnd()), ...lines].join("\n");
}

function tabbed<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const header = columns.map((column) => column.title).join("\t");
  return [header, ...rows.map((row) => columns.map((column) => visible(column.value(row))).join("\t"))].join("\n");
}

function naturalWidths<Row>(cells: readonly (readonly string[])[], columns: readonly Column<Row>[]): number[] {
  return columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
}

/** Takes from elastic columns, widest first, until the table fits. */
function fit<Row>(widths: number[], columns: readonly Column<Row>[], limit: number): number[] {
  let over = widths.reduce((sum, width) => sum + width + 2, -2) - limit;
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (over <= 0 || column.elastic !== true) continue;
    const taken = Math.min(over, Math.max(0, width - 16));
    widths[index] = width - taken;
    over -= taken;
  }
  return widths;
}

function padCell<Row>(cell: string, width: number, column: Column<Row> | undefined): string {
  return column === undefined ? cell : pad(clip(cell, Math.max(2, width)), width, column);
}

function pad<Row>(text: string, width: number, column: Column<Row>): string {
  return column.align === "right" ? text.padStart(width) : text.padEnd(width);
}
