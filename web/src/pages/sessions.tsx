import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { SESSION_OUTCOME_WORDS, sessionFilter } from "../draw/session-filter.ts";
import type { SessionRow } from "../../../src/views/shapes/session.ts";
import { sessionsQuery } from "../data/queries.ts";
import { counted, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { Fact } from "../parts/facts.tsx";
import { FilterBox, FilterChoice } from "../parts/filters.tsx";
import { Page } from "../parts/page.tsx";
import { ShowNew } from "../parts/show-new.tsx";
import { Table } from "../parts/table.tsx";
import { useSettled } from "../parts/use-settled.ts";
import { SESSION_COLUMNS } from "./session-columns.tsx";

export function SessionsPage(): ReactElement {
  const query = useQuery(sessionsQuery);
  const facts =
    query.data === undefined ? null : (
      <Fact value={whole(query.data.length)} label={query.data.length === 1 ? "session" : "sessions"} />
    );
  return (
    <Page title="Sessions" command={["sessions", "list"]} facts={facts}>
      <Answer query={query}>
        {(rows) => (rows.length === 0 ? <Empty says="No sessions yet." next={["ingest"]} /> : <Listed rows={rows} />)}
      </Answer>
    </Page>
  );
}

const route = getRouteApi("/sessions");

function Listed({ rows }: { readonly rows: readonly SessionRow[] }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { settled, waiting, settle } = useSettled(rows);
  const shown = settled.filter(sessionFilter(search));
  const put = (change: Partial<typeof search>): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterBox label="Filter sessions" value={search.q ?? ""} onChange={(q) => put({ q })} />
        <FilterChoice
          label="outcome"
          value={search.outcome ?? ""}
          choices={SESSION_OUTCOME_WORDS}
          onChange={(outcome) => put({ outcome })}
        />
        <FilterChoice
          label="with"
          value={search.with ?? ""}
          choices={["friction", "delight"]}
          onChange={(word) => put({ with: word })}
        />
        <output className="text-small text-muted">
          {shown.length === settled.length ? null : `${whole(shown.length)} of ${counted(settled.length, "session")}`}
        </output>
        <ShowNew waiting={waiting} settle={settle} />
      </div>
      {shown.length === 0 ? (
        <p className="panel px-4 py-8 text-center text-muted">No session passes this filter.</p>
      ) : (
        <Table
          label="Sessions"
          columns={SESSION_COLUMNS}
          rows={shown}
          keyOf={(row) => row.id}
          minWidth="min-w-[60rem]"
        />
      )}
    </>
  );
}
