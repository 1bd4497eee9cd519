import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { SearchRow } from "../../../src/views/shapes/search.ts";
import { searchQuery } from "../data/queries.ts";
import { whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { RowPlace } from "../parts/evidence-link.tsx";
import { Fact } from "../parts/facts.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Page } from "../parts/page.tsx";
import { type Column, Table } from "../parts/table.tsx";

const route = getRouteApi("/search");

export function SearchPage(): ReactElement {
  const { text = "" } = route.useSearch();
  const query = useQuery({ ...searchQuery(text), enabled: text !== "" });
  const count = query.data?.length;
  const facts = count === undefined ? null : <Fact value={whole(count)} label={count === 1 ? "place" : "places"} />;
  return (
    <Page title="Search" command={["search", text === "" ? "TEXT" : text]} facts={facts}>
      {text === "" ? <Nothing /> : <Answer query={query}>{(rows) => <Found rows={rows} text={text} />}</Answer>}
    </Page>
  );
}

function Nothing(): ReactElement {
  return (
    <p className="panel px-4 py-8 text-center text-muted">
      Type what a person or the agent said, or a command that ran. Outputs of commands are not searched.
    </p>
  );
}

function Found({ rows, text }: { readonly rows: readonly SearchRow[]; readonly text: string }): ReactElement {
  if (rows.length === 0)
    return <Empty says={`Nothing said and no command run holds “${text}”.`} next={["sessions", "list"]} />;
  return (
    <Table
      label="Places found"
      columns={COLUMNS}
      rows={rows}
      keyOf={(row) => `${row.segment} ${row.line} ${row.source}`}
      minWidth="min-w-[40rem]"
    />
  );
}

const COLUMNS: readonly Column<SearchRow>[] = [
  { title: "place", width: "w-44", cell: (row) => <RowPlace row={row} /> },
  { title: "in", width: "w-24", cell: (row) => <span className="text-muted">{row.source}</span> },
  {
    title: "excerpt",
    cell: (row) => (
      <ForeignLine text={row.excerpt} className={row.source === "command" ? "font-mono text-small" : ""} />
    ),
  },
];
