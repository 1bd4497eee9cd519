import type { ReactElement } from "react";
import type { CheckRow } from "../../../src/views/shapes/run.ts";
import { milliseconds } from "../draw/words.ts";
import { ForeignLine } from "../parts/foreign.tsx";
import { Outcome } from "../parts/outcome.tsx";
import { type Column, Table } from "../parts/table.tsx";

/** The acceptance commands as we ran them on the committed tree. */
export function RunChecks({ checks }: { readonly checks: readonly CheckRow[] }): ReactElement {
  if (checks.length === 0)
    return <p className="panel px-4 py-8 text-center text-muted">No acceptance command has run.</p>;
  return <Table label="Checks" columns={COLUMNS} rows={checks} keyOf={(row) => row.name} minWidth="min-w-[36rem]" />;
}

const COLUMNS: readonly Column<CheckRow>[] = [
  { title: "check", width: "w-40", cell: (row) => <ForeignLine text={row.name} /> },
  { title: "outcome", width: "w-24", cell: (row) => <Outcome outcome={row.passed ? "ok" : "failed"} /> },
  { title: "exit", width: "w-24", align: "right", cell: exitOf },
  { title: "took", width: "w-20", align: "right", cell: (row) => milliseconds(row.seconds * 1000) },
  {
    title: "command",
    cell: (row) => (
      <span className="font-mono text-small">
        <ForeignLine text={row.command} />
      </span>
    ),
  },
];

function exitOf({ exit_code, timed_out }: CheckRow): string {
  if (timed_out) return "timed out";
  return exit_code === null ? "killed" : String(exit_code);
}
