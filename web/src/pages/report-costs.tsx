import type { ReactElement } from "react";
import type { FrictionCostRow, Report } from "../../../src/views/shapes/report.ts";
import { DrawnFigure, RowBar } from "../draw/bars.tsx";
import { dollars, minutes, percent, tokens, whole } from "../draw/words.ts";
import { CategoryLink } from "../parts/category.tsx";
import { LineLink } from "../parts/evidence-link.tsx";
import { Amount } from "../parts/facts.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Section } from "../parts/page.tsx";
import { type Column, Table } from "../parts/table.tsx";

/** What every kind of friction cost between a failure and its recovery; rows add up to the total. */
export function CostTable({ report }: { readonly report: Report }): ReactElement {
  const rows = report.friction_cost;
  const most = Math.max(...rows.map((row) => row.tokens));
  return (
    <Section
      title="What friction cost"
      note="from each failure to its recovery, measured; every model response is charged once"
    >
      <Table
        label="What friction cost"
        columns={columnsOf(most)}
        rows={rows}
        keyOf={(row) => `${row.category} ${row.family}`}
        minWidth="min-w-[58rem]"
        footer={<Total report={report} />}
      />
    </Section>
  );
}

function columnsOf(most: number): readonly Column<FrictionCostRow>[] {
  return [
    { title: "what", width: "w-44", cell: (row) => <CategoryLink category={row.category} type="friction" /> },
    { title: "where", cell: (row) => <ForeignLine text={row.family} className="font-mono text-small" /> },
    { title: "tokens", width: "w-48", align: "right", cell: (row) => <Size row={row} most={most} /> },
    { title: "time", width: "w-20", align: "right", cell: (row) => minutes(row.minutes) },
    { title: "money", width: "w-24", align: "right", cell: (row) => <Amount>{dollars(row.usd)}</Amount> },
    { title: "times", width: "w-16", align: "right", cell: (row) => whole(row.times) },
    { title: "sessions", width: "w-22", align: "right", cell: (row) => whole(row.sessions) },
    { title: "recovered", width: "w-24", align: "right", cell: (row) => `${row.recovered} of ${row.times}` },
    { title: "evidence", width: "w-52", cell: (row) => <Pointers row={row} /> },
  ];
}

function Size({ row, most }: { readonly row: FrictionCostRow; readonly most: number }): ReactElement {
  return (
    <DrawnFigure bar={<RowBar value={row.tokens} most={most} tone="fill-friction-fill" />}>
      {tokens(row.tokens)}
    </DrawnFigure>
  );
}

/** Above the row's own link, so that each pointer can be hit. */
function Pointers({ row }: { readonly row: FrictionCostRow }): ReactElement {
  return (
    <span className="relative z-[1] flex gap-3">
      {row.evidence.map((item) => (
        <LineLink key={item.signal_id} row={item} />
      ))}
    </span>
  );
}

function Total({ report }: { readonly report: Report }): ReactElement {
  const total = report.friction_cost_total;
  const share = total.share_of_tokens === null ? "" : `${percent(total.share_of_tokens)} of all tokens`;
  return (
    <tr className="h-9">
      <th scope="row" className="px-3 font-medium">
        total
      </th>
      <td className="px-3 font-normal text-muted">{share}</td>
      <td className="px-3 text-end">{tokens(total.tokens)}</td>
      <td className="px-3 text-end">{minutes(total.minutes)}</td>
      <td className="px-3 text-end">
        <Amount>{dollars(total.usd)}</Amount>
      </td>
    </tr>
  );
}
