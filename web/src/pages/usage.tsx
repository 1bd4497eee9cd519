import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { UsageKey, UsageReport, UsageRow } from "../../../src/views/shapes/usage.ts";
import { usageQuery } from "../data/queries.ts";
import { type Part, StackedBar } from "../draw/bars.tsx";
import { counted, dollars, shortId, tokens, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { Amount, Fact, Provenance } from "../parts/facts.tsx";
import { ForeignLine, ForeignWord } from "../parts/foreign.tsx";
import { Page } from "../parts/page.tsx";
import { SessionLink } from "../parts/session-link.tsx";
import { type Column, Table } from "../parts/table.tsx";

const route = getRouteApi("/usage");
const KEYS: readonly UsageKey[] = ["day", "session", "model"];

export function UsagePage(): ReactElement {
  const { by = "day" } = route.useSearch();
  const query = useQuery(usageQuery(by));
  return (
    <Page
      title="Usage"
      command={["usage", "--by", by]}
      facts={query.data === undefined ? null : <Facts report={query.data} />}
    >
      <nav aria-label="Rows by" className="mb-3 inline-flex rounded-md border border-line bg-surface p-0.5">
        {KEYS.map((key) => (
          <Link
            key={key}
            to="/usage"
            search={{ by: key }}
            aria-current={key === by ? "page" : undefined}
            className={`rounded px-3 py-0.5 ${key === by ? "bg-hover font-medium" : "text-muted hover:text-ink"}`}
          >
            by {key}
          </Link>
        ))}
      </nav>
      <Answer query={query}>
        {(report) =>
          report.rows.length === 0 ? (
            <Empty says="No recording here holds token counts." next={["ingest"]} />
          ) : (
            <UsageTable report={report} by={by} />
          )
        }
      </Answer>
    </Page>
  );
}

function Facts({ report }: { readonly report: UsageReport }): ReactElement {
  const { totals, unpriced_models, sessions_without_tokens } = report;
  return (
    <>
      <Fact value={tokens(totals.total)} label="tokens" note={<Provenance word={totals.provenance} />} />
      <Fact value={<Amount>{dollars(totals.usd)}</Amount>} label="money" />
      <Fact value={whole(totals.responses)} label="model responses" />
      {unpriced_models.length === 0 ? null : (
        <span>
          no price known for <ForeignWord text={unpriced_models.join(", ")} />
        </span>
      )}
      {sessions_without_tokens === 0 ? null : (
        <span>{counted(sessions_without_tokens, "session")} without token counts</span>
      )}
    </>
  );
}

const LEGEND = [
  { name: "cached input", tone: "fill-bar" },
  { name: "new input", tone: "fill-accent" },
  { name: "output", tone: "fill-delight-fill" },
] as const;

function UsageTable({ report, by }: { readonly report: UsageReport; readonly by: UsageKey }): ReactElement {
  const most = Math.max(0, ...report.rows.map((row) => row.input + row.output));
  return (
    <>
      <p className="mb-2 flex gap-4 text-small text-muted">
        {LEGEND.map(({ name, tone }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5">
              <rect width="10" height="10" rx="2" className={tone} />
            </svg>
            {name}
          </span>
        ))}
      </p>
      <Table
        label={`Usage by ${by}`}
        columns={columnsOf(by, most)}
        rows={report.rows}
        keyOf={(row) => row.key}
        minWidth="min-w-[62rem]"
      />
    </>
  );
}

function columnsOf(by: UsageKey, most: number): readonly Column<UsageRow>[] {
  return [
    { title: by === "day" ? "day (UTC)" : by, width: "w-52", cell: (row) => <Key row={row} by={by} /> },
    { title: "tokens, drawn", cell: (row) => <StackedBar parts={partsOf(row)} most={most} /> },
    { title: "total", width: "w-20", align: "right", cell: (row) => tokens(row.total) },
    { title: "input", width: "w-20", align: "right", cell: (row) => tokens(row.input) },
    { title: "cached", width: "w-20", align: "right", cell: (row) => tokens(row.cached_input) },
    { title: "output", width: "w-20", align: "right", cell: (row) => tokens(row.output) },
    { title: "reasoning", width: "w-22", align: "right", cell: (row) => tokens(row.reasoning) },
    { title: "money", width: "w-24", align: "right", cell: (row) => <Amount>{dollars(row.usd)}</Amount> },
    { title: "provenance", width: "w-28", cell: (row) => <Provenance word={row.provenance} /> },
  ];
}

function Key({ row, by }: { readonly row: UsageRow; readonly by: UsageKey }): ReactElement {
  if (by !== "session") return <ForeignLine text={row.key} />;
  return (
    <SessionLink id={row.key} isStep className="cover font-mono text-small text-accent hover:underline">
      {shortId(row.key)}
    </SessionLink>
  );
}

function partsOf(row: UsageRow): readonly Part[] {
  const [cached, fresh, output] = LEGEND;
  return [
    { ...cached, value: row.cached_input },
    { ...fresh, value: row.input - row.cached_input },
    { ...output, value: row.output },
  ];
}
