import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import { signalsQuery } from "../data/queries.ts";
import { meaningOf, SIGNAL_CATEGORY_WORDS } from "../draw/meanings.ts";
import { shortId, whole } from "../draw/words.ts";
import { Answer, Empty } from "../parts/answer.tsx";
import { Category } from "../parts/category.tsx";
import { Fact, Provenance } from "../parts/facts.tsx";
import { FilterChoice } from "../parts/filters.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Page } from "../parts/page.tsx";
import { SessionLink } from "../parts/session-link.tsx";
import { type Column, Table } from "../parts/table.tsx";

const route = getRouteApi("/signals");

export function SignalsPage(): ReactElement {
  const { category, session, type } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(signalsQuery({ category, session }));
  const command = [
    "signals",
    ...(session === undefined ? [] : ["--session", session]),
    ...(category === undefined ? [] : ["--category", category]),
  ];
  return (
    <Page title="Signals" command={command} facts={<Facts category={category} count={query.data?.length} />}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <FilterChoice
          label="category"
          value={category ?? ""}
          choices={SIGNAL_CATEGORY_WORDS}
          onChange={(word) =>
            void navigate({ search: (old) => ({ ...old, category: word }), replace: true, resetScroll: false })
          }
        />
        <FilterChoice
          label="type"
          value={type ?? ""}
          choices={["friction", "delight"]}
          onChange={(word) =>
            void navigate({ search: (old) => ({ ...old, type: word }), replace: true, resetScroll: false })
          }
        />
        {session === undefined ? null : <OneSession id={session} />}
      </div>
      <Answer query={query}>
        {(rows) => <Found rows={rows.filter((row) => type === undefined || row.type === type)} />}
      </Answer>
    </Page>
  );
}

function Facts({
  category,
  count,
}: {
  readonly category: string | undefined;
  readonly count: number | undefined;
}): ReactElement {
  return (
    <>
      {count === undefined ? null : <Fact value={whole(count)} label={count === 1 ? "signal" : "signals"} />}
      {category === undefined ? null : <span>{meaningOf(category)}</span>}
    </>
  );
}

function OneSession({ id }: { readonly id: string }): ReactElement {
  return (
    <span className="text-small text-muted">
      of session{" "}
      <SessionLink id={id} className="font-mono text-accent hover:underline">
        {shortId(id)}
      </SessionLink>{" "}
      ·{" "}
      <Link to="/signals" search={(old) => ({ ...old, session: "" })} className="text-accent hover:underline">
        all sessions
      </Link>
    </span>
  );
}

function Found({ rows }: { readonly rows: readonly SignalRow[] }): ReactElement {
  if (rows.length === 0)
    return <Empty says="No signal here. Signals are computed anew by one command." next={["signals"]} />;
  return <Table label="Signals" columns={COLUMNS} rows={rows} keyOf={(row) => row.id} minWidth="min-w-[54rem]" />;
}

const COLUMNS: readonly Column<SignalRow>[] = [
  { title: "category", width: "w-52", cell: (row) => <Category category={row.category} type={row.type} /> },
  { title: "severity", width: "w-20", align: "right", cell: (row) => row.severity.toFixed(1) },
  { title: "found by", width: "w-44", cell: (row) => <FoundBy row={row} /> },
  { title: "what happened", cell: (row) => <ForeignLine text={row.description} /> },
  { title: "evidence", width: "w-44", cell: (row) => <Where row={row} /> },
];

function FoundBy({ row }: { readonly row: SignalRow }): ReactElement {
  return (
    <span className="text-small text-muted">
      {row.detector} <Provenance word={row.provenance} />
    </span>
  );
}

/** Opens the line; a signal of the whole session opens its first line. */
function Where({ row }: { readonly row: SignalRow }): ReactElement {
  return (
    <SessionLink id={row.session_id} at={{ seq: row.seq }} isStep className="cover text-accent hover:underline">
      <span className="font-mono text-small">{shortId(row.session_id)}</span>{" "}
      {row.seq === 0 ? "session" : `line ${row.evidence.line}`}
    </SessionLink>
  );
}
