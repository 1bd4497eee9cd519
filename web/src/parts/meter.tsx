import type { ReactElement } from "react";
import type { MeterRow, MeterUnit } from "../../../src/views/shapes/budget.ts";
import { StackedBar } from "../draw/bars.tsx";
import { amountOf, fullest, shareOf } from "../draw/meter.ts";
import { percent } from "../draw/words.ts";
import { Provenance } from "./facts.tsx";

const NAMES: Readonly<Record<MeterUnit, string>> = {
  usd: "money",
  tokens: "tokens",
  responses: "model responses",
  minutes: "minutes",
  turns: "turns",
  tool_calls: "tool calls",
};

/** Every limit of a run: what is spent, what is reserved for answers on their way, and where it ends. */
export function CapsMeter({ caps }: { readonly caps: readonly MeterRow[] }): ReactElement {
  return (
    <dl className="grid gap-x-6 gap-y-2 px-3 py-2.5 sm:grid-cols-2">
      {caps.map((row) => (
        <div key={row.unit}>
          <dt className="flex items-baseline justify-between gap-2 text-small text-muted">
            {NAMES[row.unit]}
            <span className="text-mini">{row.spent === null ? null : <Provenance word={row.provenance} />}</span>
          </dt>
          <dd>
            <Bar row={row} />
            <span className="text-small">{spentOf(row)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `$0.12 of $3.00, $0.04 reserved`. */
function spentOf(row: MeterRow): string {
  const { unit, spent, cap, reserved, unknown } = row;
  const least = unknown > 0 ? "at least " : "";
  const of = cap === null ? "no limit" : `of ${amountOf(unit, cap)}`;
  const held = reserved > 0 ? `, ${amountOf(unit, reserved)} reserved` : "";
  return `${spent === null ? "nothing counted" : `${least}${amountOf(unit, spent)}`} ${of}${held}`;
}

function Bar({ row }: { readonly row: MeterRow }): ReactElement | null {
  const { spent, reserved, cap } = row;
  if (cap === null) return null;
  const parts = [
    { name: "spent", value: spent ?? 0, tone: shareOf(row) >= 1 ? "fill-friction-fill" : "fill-accent" },
    { name: "reserved", value: reserved, tone: "fill-bar" },
  ];
  return <StackedBar parts={parts} most={Math.max(cap, (spent ?? 0) + reserved)} />;
}

/** The limit that is nearest to its end, for a row of a list. */
export function NearestCap({ caps }: { readonly caps: readonly MeterRow[] }): ReactElement | null {
  const row = fullest(caps);
  if (row === null) return null;
  return (
    <span className="flex items-center gap-2" title={`${NAMES[row.unit]}: ${spentOf(row)}`}>
      <span className="min-w-0 flex-1">
        <Bar row={row} />
      </span>
      <span className="w-24 truncate text-small text-muted">
        {percent(shareOf(row))} {NAMES[row.unit]}
      </span>
    </span>
  );
}
