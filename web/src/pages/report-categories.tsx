import type { ReactElement } from "react";
import type { CategoryRow } from "../../../src/views/shapes/report.ts";
import { DrawnFigure, RowBar } from "../draw/bars.tsx";
import { counted, whole } from "../draw/words.ts";
import { CategoryLink } from "../parts/category.tsx";
import { Section } from "../parts/page.tsx";
import { type Column, Table } from "../parts/table.tsx";

/** Signals by category: friction beside delight. */
export function CategoryTables({ categories }: { readonly categories: readonly CategoryRow[] }): ReactElement {
  return (
    <div className="grid items-start gap-x-4 lg:grid-cols-2">
      <Half title="Friction" rows={categories.filter((row) => row.type === "friction")} tone="fill-friction-fill" />
      <Half title="Delight" rows={categories.filter((row) => row.type === "delight")} tone="fill-delight-fill" />
    </div>
  );
}

function Half({
  title,
  rows,
  tone,
}: {
  readonly title: string;
  readonly rows: readonly CategoryRow[];
  readonly tone: string;
}): ReactElement {
  const most = Math.max(0, ...rows.map((row) => row.count));
  const sum = rows.reduce((total, row) => total + row.count, 0);
  return (
    <Section title={title} note={counted(sum, "signal")}>
      {rows.length === 0 ? (
        <p className="panel px-4 py-3 text-muted">None found.</p>
      ) : (
        <Table
          label={`${title} by category`}
          columns={columnsOf(most, tone)}
          rows={rows}
          keyOf={(row) => row.category}
        />
      )}
    </Section>
  );
}

function columnsOf(most: number, tone: string): readonly Column<CategoryRow>[] {
  return [
    { title: "signal", cell: (row) => <CategoryLink category={row.category} type={row.type} /> },
    {
      title: "count",
      width: "w-40",
      align: "right",
      cell: (row) => (
        <DrawnFigure bar={<RowBar value={row.count} most={most} tone={tone} />}>{whole(row.count)}</DrawnFigure>
      ),
    },
    { title: "sessions", width: "w-20", align: "right", cell: (row) => whole(row.sessions) },
    { title: "severity", width: "w-20", align: "right", cell: (row) => row.severity.toFixed(1) },
  ];
}
