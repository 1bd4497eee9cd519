import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RunRow } from "../../../src/views/shapes/run.ts";
import { approvalsQuery, runsQuery } from "../data/queries.ts";
import { AGENT_WORDS, RUN_STATE_WORDS, runFilter } from "../draw/run-filter.ts";
import { counted, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { ApprovalCard } from "../parts/approval-card.tsx";
import { Fact } from "../parts/facts.tsx";
import { FilterBox, FilterChoice } from "../parts/filters.tsx";
import { Page } from "../parts/page.tsx";
import { ShowNew } from "../parts/show-new.tsx";
import { Table } from "../parts/table.tsx";
import { useSettled } from "../parts/use-settled.ts";
import { RUN_COLUMNS } from "./run-columns.tsx";

/** What waits for a person comes first, then every run, the latest first. */
export function RunsPage(): ReactElement {
  const query = useQuery(runsQuery);
  const facts =
    query.data === undefined ? null : (
      <Fact value={whole(query.data.length)} label={query.data.length === 1 ? "run" : "runs"} />
    );
  return (
    <Page title="Runs" command={["run", "list"]} facts={facts}>
      <Waiting />
      <Answer query={query}>
        {(rows) =>
          rows.length === 0 ? <Empty says="No agent has run yet." next={["demo", "run"]} /> : <Listed rows={rows} />
        }
      </Answer>
    </Page>
  );
}

function Waiting(): ReactElement | null {
  const { data = [] } = useQuery(approvalsQuery);
  const asked = data.filter(({ state }) => state === "asked");
  if (asked.length === 0) return null;
  return (
    <section aria-label="Waiting for a person">
      {asked.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} showsRun />
      ))}
    </section>
  );
}

const route = getRouteApi("/runs");

function Listed({ rows }: { readonly rows: readonly RunRow[] }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { settled, waiting, settle } = useSettled(rows);
  const shown = settled.filter(runFilter(search));
  const put = (change: Partial<typeof search>): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterBox label="Filter runs" value={search.q ?? ""} onChange={(q) => put({ q })} />
        <FilterChoice
          label="state"
          value={search.state ?? ""}
          choices={RUN_STATE_WORDS}
          onChange={(state) => put({ state })}
        />
        <FilterChoice
          label="agent"
          value={search.agent ?? ""}
          choices={AGENT_WORDS}
          onChange={(agent) => put({ agent })}
        />
        <output className="text-small text-muted">
          {shown.length === settled.length ? null : `${whole(shown.length)} of ${counted(settled.length, "run")}`}
        </output>
        <ShowNew waiting={waiting} settle={settle} />
      </div>
      {shown.length === 0 ? (
        <p className="panel px-4 py-8 text-center text-muted">No run passes this filter.</p>
      ) : (
        <Table label="Runs" columns={RUN_COLUMNS} rows={shown} keyOf={(row) => row.id} minWidth="min-w-[64rem]" />
      )}
    </>
  );
}
