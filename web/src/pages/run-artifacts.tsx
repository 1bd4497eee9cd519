import type { ReactElement } from "react";
import type { ArtifactRow } from "../../../src/views/shapes/run.ts";
import { whole } from "../draw/words.ts";
import { ForeignLine } from "../parts/foreign.tsx";
import { type Column, Table } from "../parts/table.tsx";

/** What the run left; what it did not leave is listed with the reason. */
export function RunArtifacts({ artifacts }: { readonly artifacts: readonly ArtifactRow[] }): ReactElement {
  if (artifacts.length === 0) return <p className="panel px-4 py-8 text-center text-muted">Nothing is kept yet.</p>;
  return (
    <Table label="Artifacts" columns={COLUMNS} rows={artifacts} keyOf={(row) => row.name} minWidth="min-w-[40rem]" />
  );
}

const COLUMNS: readonly Column<ArtifactRow>[] = [
  { title: "name", width: "w-36", cell: (row) => <span className="font-mono text-small">{row.name}</span> },
  { title: "bytes", width: "w-24", align: "right", cell: (row) => (row.bytes === null ? "" : whole(row.bytes)) },
  {
    title: "sha256",
    width: "w-32",
    cell: (row) => <span className="font-mono text-small">{row.sha256?.slice(0, 12)}</span>,
  },
  {
    title: "where",
    cell: (row) =>
      row.path === null ? (
        <span className="text-faint">absent: {row.absent?.replaceAll("_", " ") ?? "unknown"}</span>
      ) : (
        <ForeignLine text={row.path} />
      ),
  },
];
