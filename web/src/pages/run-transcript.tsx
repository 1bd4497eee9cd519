import type { ReactElement } from "react";
import type { RunDetail } from "../../../src/views/shapes/run.ts";
import { useRunLog } from "../data/run-log.ts";
import { type TranscriptRow, transcriptOf } from "../draw/transcript.ts";
import { milliseconds } from "../draw/words.ts";
import { Answer } from "../parts/answer.tsx";
import { Time } from "../parts/facts.tsx";
import { ForeignBlock, ForeignWord } from "../parts/foreign.tsx";
import { Outcome } from "../parts/outcome.tsx";
import { useFollowed } from "../parts/use-followed.ts";
import { useWindowRows } from "../parts/use-window-rows.ts";

const USUAL_HEIGHT = 32;

/** What happened, as the runner saw it: said, run, warned of. New lines are followed for as long as the reader is at the end. */
export function RunTranscript({ run }: { readonly run: RunDetail }): ReactElement {
  const log = useRunLog(run.id);
  return (
    <Answer query={log}>
      {({ lines, ended }) =>
        lines.length === 0 ? (
          <p className="panel px-4 py-8 text-center text-muted">
            {ended ? "This run left no log." : "Nothing has happened yet."}
          </p>
        ) : (
          <Lines rows={transcriptOf(lines)} isGoing={!ended} />
        )
      }
    </Answer>
  );
}

function Lines({
  rows,
  isGoing,
}: {
  readonly rows: readonly TranscriptRow[];
  readonly isGoing: boolean;
}): ReactElement {
  const { ref, offset, virtual } = useWindowRows({ count: rows.length, height: USUAL_HEIGHT });
  useFollowed(rows.length, isGoing);
  return (
    <section aria-label="Transcript" className="panel overflow-hidden">
      <ol ref={ref} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={row.number}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - offset}px)` }}
            >
              <Line row={row} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Line({ row }: { readonly row: TranscriptRow }): ReactElement {
  return (
    <div className="grid grid-cols-[4.25rem_minmax(0,1fr)] items-baseline gap-x-2 border-b border-line px-2 py-1.5">
      <span className="font-mono text-mini text-faint">{row.at === null ? null : <Time at={row.at} precise />}</span>
      <What row={row} />
    </div>
  );
}

function What({ row }: { readonly row: TranscriptRow }): ReactElement {
  switch (row.kind) {
    case "said":
      return <ForeignBlock text={row.text} />;
    case "call":
      return (
        <div className="flex items-baseline gap-3">
          <ForeignBlock
            text={row.input === "" ? row.tool : row.input}
            className="min-w-0 flex-1 font-mono text-small line-clamp-6"
          />
          <Outcome outcome={row.outcome} />
          <span className="w-28 shrink-0 text-end text-small text-nowrap text-muted">
            {row.exitCode === null ? "" : `exit ${row.exitCode} · `}
            {milliseconds(row.took)}
          </span>
        </div>
      );
    case "fact":
      return (
        <p className={`text-small ${row.isBad ? "text-friction" : "text-muted"}`}>
          <ForeignWord text={row.event} className="font-mono" /> <ForeignWord text={row.text} />
        </p>
      );
  }
}
