import type { ReactElement } from "react";
import type { EvidenceRow } from "../../../src/views/shapes/report.ts";
import type { SearchRow } from "../../../src/views/shapes/search.ts";
import { shortId } from "../draw/words.ts";
import { ForeignLine } from "./foreign.tsx";
import { Icon } from "./icon.tsx";
import { SessionLink } from "./session-link.tsx";

/** Opens a session at the exact line. */
export function LineLink({ row: { session_id, seq, line } }: { readonly row: EvidenceRow }): ReactElement {
  return (
    <SessionLink
      id={session_id}
      at={{ seq }}
      title={`${session_id} line ${line}`}
      className="text-accent hover:underline"
    >
      line {line}
    </SessionLink>
  );
}

/** The main cell of a row that opens a line: session and line, covering the row. */
export function RowPlace({ row: { session_id, segment, line } }: { readonly row: SearchRow }): ReactElement {
  return (
    <SessionLink id={session_id} at={{ segment, line }} isStep className="cover text-accent hover:underline">
      <span className="font-mono text-small">{shortId(session_id)}</span> line {line}
    </SessionLink>
  );
}

/** A pointer with what stands there: the whole row opens the line. */
export function Evidence({ row: { session_id, seq, line, excerpt } }: { readonly row: EvidenceRow }): ReactElement {
  return (
    <SessionLink
      id={session_id}
      at={{ seq }}
      isStep
      className="group flex items-baseline gap-3 px-4 py-2 hover:bg-hover"
    >
      <Icon name="arrow" className="text-faint group-hover:text-accent" />
      <span className="shrink-0 whitespace-nowrap text-accent group-hover:underline">
        <span className="font-mono text-small">{shortId(session_id)}</span> line {line}
      </span>
      <span className="min-w-0 flex-1 font-mono text-small text-muted">
        <ForeignLine text={excerpt} />
      </span>
    </SessionLink>
  );
}
