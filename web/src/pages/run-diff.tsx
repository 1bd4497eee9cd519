import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { RunDetail, RunDiff } from "../../../src/views/shapes/run.ts";
import { runDiffQuery } from "../data/queries.ts";
import { useRunLog } from "../data/run-log.ts";
import { type DiffRow, diffRows, diffSums } from "../draw/diff.ts";
import { toldDiff } from "../draw/transcript.ts";
import { counted, whole } from "../draw/words.ts";
import { Answer } from "../parts/answer.tsx";
import { ForeignBlock, ForeignWord } from "../parts/foreign.tsx";
import { useWindowRows } from "../parts/use-window-rows.ts";

const ROW_HEIGHT = 20;

/** What the run changed; until that is recorded, what the agent told of it last. */
export function RunDiffView({ run }: { readonly run: RunDetail }): ReactElement {
  const query = useQuery(runDiffQuery(run.id));
  return (
    <Answer query={query}>
      {(found) => (found.diff === null ? <NotYet run={run} absent={found.absent} /> : <Diff found={found} />)}
    </Answer>
  );
}

function NotYet({ run, absent }: { readonly run: RunDetail; readonly absent: RunDiff["absent"] }): ReactElement {
  const told = toldDiff(useRunLog(run.id).data?.lines ?? []);
  if (told !== null && absent === null)
    return <DiffText text={told} note="of the turn so far, as the agent tells it" />;
  return (
    <p className="panel px-4 py-8 text-center text-muted">
      {absent === null ? "Nothing is changed yet." : `There is no diff: ${absent.replaceAll("_", " ")}.`}
    </p>
  );
}

function Diff({ found }: { readonly found: RunDiff }): ReactElement {
  return <DiffText text={found.diff ?? ""} note={found.cut ? "only its beginning; `run show` names the file" : null} />;
}

function DiffText({ text, note }: { readonly text: string; readonly note: string | null }): ReactElement {
  const rows = diffRows(text);
  const { files, added, removed } = diffSums(rows);
  return (
    <section aria-label="Diff" className="panel overflow-hidden">
      <h2 className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3 py-2 font-semibold">
        {counted(files, "file")}
        <span className="font-normal text-delight">+{whole(added)}</span>
        <span className="font-normal text-friction">−{whole(removed)}</span>
        {note === null ? null : <span className="text-small font-normal text-faint">{note}</span>}
      </h2>
      <Rows rows={rows} />
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly DiffRow[] }): ReactElement {
  const { ref, offset, virtual } = useWindowRows({ count: rows.length, height: ROW_HEIGHT });
  return (
    <ol ref={ref} className="relative font-mono text-small" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return row === undefined ? null : (
          <li
            key={index}
            ref={virtual.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - offset}px)` }}
          >
            <Row row={row} />
          </li>
        );
      })}
    </ol>
  );
}

const LOOKS: Readonly<
  Record<DiffRow["kind"], { readonly sign: string; readonly tone: string; readonly word: string }>
> = {
  file: { sign: "", tone: "bg-sunken font-semibold text-ink", word: "file" },
  hunk: { sign: "", tone: "bg-sunken text-faint", word: "" },
  added: { sign: "+", tone: "bg-delight-soft text-delight", word: "added" },
  removed: { sign: "−", tone: "bg-friction-soft text-friction", word: "removed" },
  same: { sign: "", tone: "text-muted", word: "" },
  note: { sign: "", tone: "text-faint", word: "" },
};

function Row({ row }: { readonly row: DiffRow }): ReactElement {
  const { sign, tone, word } = LOOKS[row.kind];
  if (row.kind === "file" || row.kind === "hunk" || row.kind === "note")
    return (
      <div className={`px-2 py-0.5 ${tone}`}>
        <ForeignWord text={row.text} />
      </div>
    );
  return (
    <div className={`grid grid-cols-[2.75rem_2.75rem_1rem_minmax(0,1fr)] ${tone}`}>
      <span className="pe-1 text-end text-faint select-none">{row.before}</span>
      <span className="pe-1 text-end text-faint select-none">{row.after}</span>
      <span className="select-none">
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{word}</span>
      </span>
      <ForeignBlock text={row.text} />
    </div>
  );
}
