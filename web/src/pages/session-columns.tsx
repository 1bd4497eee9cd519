import type { ReactElement } from "react";
import type { SessionRow } from "../../../src/views/shapes/session.ts";
import { shortId, tokens, whole } from "../draw/words.ts";
import { Amount, Provenance, Time } from "../parts/facts.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Icon } from "../parts/icon.tsx";
import { Outcome } from "../parts/outcome.tsx";
import { SessionLink } from "../parts/session-link.tsx";
import type { Column } from "../parts/table.tsx";

export const SESSION_COLUMNS: readonly Column<SessionRow>[] = [
  { title: "started (UTC)", width: "w-38", cell: (row) => <Time at={row.started_at} /> },
  { title: "outcome", width: "w-30", cell: (row) => <Outcome outcome={row.outcome} /> },
  { title: "turns", width: "w-15", align: "right", cell: (row) => whole(row.turn_count) },
  { title: "calls", width: "w-15", align: "right", cell: (row) => whole(row.tool_call_count) },
  { title: "tokens", width: "w-36", align: "right", cell: (row) => <TokenSum row={row} /> },
  {
    title: "friction",
    width: "w-20",
    align: "right",
    cell: (row) => <Count value={row.friction_count} tone="text-friction" />,
  },
  {
    title: "delight",
    width: "w-20",
    align: "right",
    cell: (row) => <Count value={row.delight_count} tone="text-delight" />,
  },
  { title: "asked", cell: (row) => <Asked row={row} /> },
];

function TokenSum({ row }: { readonly row: SessionRow }): ReactElement {
  const { total, provenance } = row.tokens;
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span className="text-mini">{total === null ? null : <Provenance word={provenance} />}</span>
      <Amount>{tokens(total)}</Amount>
    </span>
  );
}

function Count({ value, tone }: { readonly value: number; readonly tone: string }): ReactElement {
  return <span className={value === 0 ? "text-faint" : `font-medium ${tone}`}>{whole(value)}</span>;
}

function Asked({ row }: { readonly row: SessionRow }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Kin row={row} />
      <SessionLink id={row.id} isStep className="cover min-w-0 flex-1 hover:underline">
        {row.title === null ? (
          <span className="font-mono text-small text-muted">{shortId(row.id)}</span>
        ) : (
          <ForeignLine text={row.title} />
        )}
      </SessionLink>
    </span>
  );
}

/** Marks a thread that came from another one. */
export function Kin({ row }: { readonly row: Pick<SessionRow, "parent_id" | "forked_from_id"> }): ReactElement | null {
  const [word, from] = row.parent_id === null ? ["fork", row.forked_from_id] : ["sub-agent", row.parent_id];
  if (from === null) return null;
  return (
    <SessionLink
      id={from}
      title={`of ${from}`}
      className="relative z-[1] inline-flex shrink-0 items-center gap-1 rounded border border-line px-1.5 text-mini text-muted hover:border-line-strong hover:text-ink"
    >
      <Icon name="fork" />
      {word}
    </SessionLink>
  );
}
