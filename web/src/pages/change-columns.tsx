import type { ChangeRow } from "../../../src/views/shapes/run.ts";
import { whole } from "../draw/words.ts";
import { ForeignLine } from "../parts/foreign.tsx";
import { RunLink } from "../parts/run-link.tsx";
import { Simulated } from "../parts/state.tsx";
import type { Column } from "../parts/table.tsx";

export const CHANGE_COLUMNS: readonly Column<ChangeRow>[] = [
  {
    title: "branch",
    cell: (row) => (
      <RunLink id={row.attempt_id} isStep className="cover text-accent hover:underline">
        <ForeignLine text={row.branch} />
      </RunLink>
    ),
  },
  { title: "state", width: "w-20", cell: (row) => row.state },
  { title: "", width: "w-24", cell: (row) => <Simulated is={row.simulated} /> },
  { title: "files", width: "w-16", align: "right", cell: (row) => whole(row.files) },
  { title: "lines", width: "w-16", align: "right", cell: (row) => whole(row.lines) },
  { title: "base", width: "w-24", cell: (row) => <code className="font-mono text-small">{row.base.slice(0, 8)}</code> },
  { title: "head", width: "w-24", cell: (row) => <code className="font-mono text-small">{row.head.slice(0, 8)}</code> },
];
