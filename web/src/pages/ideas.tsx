import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { IdeaRow } from "../../../src/views/shapes/idea.ts";
import { ideasQuery } from "../data/queries.ts";
import { dollars, tokens, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { Amount, Fact, Time } from "../parts/facts.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Page } from "../parts/page.tsx";
import { IdeaLink } from "../parts/run-link.tsx";
import { ShowNew } from "../parts/show-new.tsx";
import { Simulated, State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useSettled } from "../parts/use-settled.ts";

export function IdeasPage(): ReactElement {
  const query = useQuery(ideasQuery);
  const facts =
    query.data === undefined ? null : (
      <Fact value={whole(query.data.length)} label={query.data.length === 1 ? "idea" : "ideas"} />
    );
  return (
    <Page title="Ideas" command={["idea", "list"]} facts={facts}>
      <Answer query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty says="No idea was handed in yet." next={["idea", "add", "--help"]} />
          ) : (
            <Listed rows={rows} />
          )
        }
      </Answer>
    </Page>
  );
}

function Listed({ rows }: { readonly rows: readonly IdeaRow[] }): ReactElement {
  const { settled, waiting, settle } = useSettled(rows);
  return (
    <>
      <div className="mb-3 flex items-center empty:hidden">
        <ShowNew waiting={waiting} settle={settle} />
      </div>
      <Table label="Ideas" columns={COLUMNS} rows={settled} keyOf={(row) => row.id} minWidth="min-w-[60rem]" />
    </>
  );
}

const COLUMNS: readonly Column<IdeaRow>[] = [
  { title: "added (UTC)", width: "w-38", cell: (row) => <Time at={row.created_at} /> },
  { title: "state", width: "w-40", cell: (row) => <State state={row.state} /> },
  { title: "runs", width: "w-14", align: "right", cell: (row) => whole(row.attempts.length) },
  {
    title: "tokens",
    width: "w-20",
    align: "right",
    cell: ({ spend }) => <Amount>{tokens(spend.tokens)}</Amount>,
  },
  { title: "money", width: "w-20", align: "right", cell: ({ spend }) => <Amount>{dollars(spend.usd)}</Amount> },
  { title: "repository", width: "w-56", cell: (row) => <ForeignLine text={row.repository} /> },
  { title: "idea", cell: (row) => <Title row={row} /> },
];

function Title({ row }: { readonly row: IdeaRow }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {row.waiting === 0 ? null : <State state="asked" />}
      <Simulated is={row.simulated} />
      <IdeaLink id={row.id} isStep className="cover min-w-0 flex-1 hover:underline">
        <ForeignLine text={row.title} />
      </IdeaLink>
    </span>
  );
}
