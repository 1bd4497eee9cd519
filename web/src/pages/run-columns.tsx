import type { ReactElement } from "react";
import type { AttemptRow, RunRow } from "../../../src/views/shapes/run.ts";
import { dollars, shortId, tokens } from "../draw/words.ts";
import { Amount, Time } from "../parts/facts.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { NearestCap } from "../parts/meter.tsx";
import { RunLink } from "../parts/run-link.tsx";
import { Simulated, State } from "../parts/state.tsx";
import type { Column } from "../parts/table.tsx";

const QUEUED: Column<AttemptRow> = {
  title: "queued (UTC)",
  width: "w-38",
  cell: (row) => <Time at={row.queued_at} />,
};
const STATE: Column<AttemptRow> = { title: "state", width: "w-36", cell: (row) => <State state={stateOf(row)} /> };
const AGENT: Column<AttemptRow> = {
  title: "agent",
  width: "w-40",
  cell: (row) => (
    <span className="inline-flex items-baseline gap-1.5">
      {row.agent} <Simulated is={row.simulated} />
    </span>
  ),
};
const TOKENS: Column<AttemptRow> = {
  title: "tokens",
  width: "w-20",
  align: "right",
  cell: (row) => <Amount>{tokens(row.tokens)}</Amount>,
};
const MONEY: Column<AttemptRow> = {
  title: "money",
  width: "w-24",
  align: "right",
  cell: (row) => <Amount>{dollars(row.usd)}</Amount>,
};

export const RUN_COLUMNS: readonly Column<RunRow>[] = [
  QUEUED,
  STATE,
  AGENT,
  TOKENS,
  MONEY,
  { title: "nearest limit", width: "w-56", cell: (row) => <NearestCap caps={row.caps} /> },
  { title: "idea", cell: (row) => <Wanted row={row} /> },
];

/** The runs of one idea. */
export const ATTEMPT_COLUMNS: readonly Column<AttemptRow>[] = [
  {
    title: "run",
    width: "w-24",
    cell: (row) => (
      <RunLink id={row.id} isStep className="cover font-mono text-small text-accent hover:underline">
        {shortId(row.id)}
      </RunLink>
    ),
  },
  QUEUED,
  STATE,
  AGENT,
  TOKENS,
  MONEY,
  {
    title: "why",
    cell: (row) => (row.failure_code === null ? "" : <ForeignLine text={whyOf(row)} />),
  },
];

/** An ended run is told by how it ended. */
export function stateOf(row: AttemptRow): NonNullable<AttemptRow["outcome"]> | AttemptRow["state"] {
  return row.outcome ?? row.state;
}

export function whyOf({ failure_code, failure_detail }: AttemptRow): string {
  return [failure_code, failure_detail].filter((part) => part !== null).join(": ");
}

function Wanted({ row }: { readonly row: RunRow }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {row.waiting === 0 ? null : <State state="asked" />}
      <RunLink id={row.id} isStep className="cover min-w-0 flex-1 hover:underline">
        <ForeignLine text={row.title} />
      </RunLink>
    </span>
  );
}
