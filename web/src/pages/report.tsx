import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Report } from "../../../src/views/shapes/report.ts";
import { reportQuery } from "../data/queries.ts";
import { counted, periodOf, tokens, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { Fact, Provenance } from "../parts/facts.tsx";
import { Page } from "../parts/page.tsx";
import { CategoryTables } from "./report-categories.tsx";
import { CostTable } from "./report-costs.tsx";
import { MendFirst } from "./report-mend-first.tsx";
import { FrictionShare } from "./report-share.tsx";

/** What was learned, the costliest first: it must be understood in ten seconds. */
export function ReportPage(): ReactElement {
  const query = useQuery(reportQuery);
  return (
    <Page title="Report" command={["report"]} facts={query.data === undefined ? null : <Facts report={query.data} />}>
      <Answer query={query}>
        {(report) => (report.sessions === 0 ? <NoSessions /> : <Findings report={report} />)}
      </Answer>
    </Page>
  );
}

function Facts({ report }: { readonly report: Report }): ReactElement {
  const { period, sessions, tokens: sum, unreadable } = report;
  return (
    <>
      <Link to="/sessions" className="hover:underline">
        <Fact value={whole(sessions)} label={sessions === 1 ? "session" : "sessions"} />
      </Link>
      {period.from === null ? null : <span title="period, UTC">{periodOf(period.from, period.to)}</span>}
      <Link to="/usage" className="hover:underline">
        <Fact value={tokens(sum.total)} label="tokens" note={<Provenance word={sum.provenance} />} />
      </Link>
      {unreadable === 0 ? null : (
        <span title="codex-loop ingest --json names them">{counted(unreadable, "line")} could not be read</span>
      )}
    </>
  );
}

function Findings({ report }: { readonly report: Report }): ReactElement {
  const first = report.friction_cost[0];
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        {first === undefined ? <NoFriction /> : <MendFirst cost={first} />}
        <FrictionShare report={report} />
      </div>
      {report.friction_cost.length === 0 ? null : <CostTable report={report} />}
      <CategoryTables categories={report.signals.categories} />
    </>
  );
}

function NoSessions(): ReactElement {
  return <Empty says="No sessions yet. The report begins with the first recording that is read." next={["ingest"]} />;
}

function NoFriction(): ReactElement {
  return (
    <Empty says="No friction with a measured price. There is nothing to mend first." next={["sessions", "list"]} />
  );
}
