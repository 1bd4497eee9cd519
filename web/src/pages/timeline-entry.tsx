import type { ReactElement } from "react";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import type { TimelineItem } from "../draw/timeline.ts";
import { oneLine } from "../draw/visible-text.ts";
import { milliseconds, whole } from "../draw/words.ts";
import { Category } from "../parts/category.tsx";
import { Time } from "../parts/facts.tsx";
import { ForeignBlock, ForeignWord } from "../parts/foreign.tsx";
import { Outcome } from "../parts/outcome.tsx";
import { CallEntry } from "./timeline-call.tsx";

export interface EntryProps {
  readonly item: TimelineItem;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One line of the timeline: line number and time, what happened, and the signals pinned to it. */
export function TimelineEntry(props: EntryProps): ReactElement {
  const { item, isSelected } = props;
  const { row, place, signals } = item;
  return (
    <div
      aria-current={isSelected ? "true" : undefined}
      className={`grid grid-cols-[2.5rem_minmax(0,1fr)] md:grid-cols-[2.5rem_4.25rem_minmax(0,1fr)] items-baseline gap-x-2 border-b border-line border-s-3 px-2 py-1.5 ${edgeOf(signals)} ${groundOf(props)}`}
    >
      <span
        className="text-end font-mono text-mini text-faint"
        title={place === null ? undefined : oneLine(`${place.path}:${place.line}`)}
      >
        {place?.line}
      </span>
      <span className="font-mono text-mini text-faint max-md:hidden">
        {row.at === null ? null : <Time at={row.at} precise />}
      </span>
      <div className="min-w-0">
        <What {...props} />
        {signals.map((signal) => (
          <Pinned key={signal.id} signal={signal} />
        ))}
      </div>
    </div>
  );
}

function edgeOf(signals: readonly SignalRow[]): string {
  if (signals.some((signal) => signal.type === "friction")) return "border-s-friction-fill";
  return signals.length > 0 ? "border-s-delight-fill" : "border-s-transparent";
}

function groundOf({ item, isSelected }: EntryProps): string {
  if (isSelected) return "bg-accent-soft";
  return item.row.kind === "turn" ? "bg-sunken" : "";
}

function What(props: EntryProps): ReactElement {
  const { row } = props.item;
  switch (row.kind) {
    case "turn":
      return <Turn row={row} />;
    case "message":
      return <Message row={row} isOpen={props.isOpen} onToggle={props.onToggle} />;
    case "call":
      return <CallEntry {...props} call={row.call} />;
    case "mark":
      return <MarkLine row={row} />;
  }
}

type RowOf<Kind extends TimelineItem["row"]["kind"]> = Extract<TimelineItem["row"], { readonly kind: Kind }>;

function Turn({ row: { turn } }: { readonly row: RowOf<"turn"> }): ReactElement {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <span className="font-semibold">{turn.kind === "task" ? "turn" : turn.kind}</span>
      <Outcome outcome={turn.outcome} />
      {turn.reverted ? <span className="text-caution">reverted</span> : null}
      <span className="text-small text-faint">{turn.duration_ms === null ? "" : milliseconds(turn.duration_ms)}</span>
      {turn.error === null ? null : <ForeignBlock text={turn.error} className="basis-full text-friction" />}
    </div>
  );
}

/** Longer than this and a message starts folded. */
const LONG = 500;

interface MessageProps {
  readonly row: RowOf<"message">;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Message({ row, isOpen, onToggle }: MessageProps): ReactElement {
  const isLong = row.text.length > LONG || row.text.split("\n").length > 8;
  return (
    <div className="flex items-baseline gap-3">
      <span className={`w-12 shrink-0 text-small font-medium ${row.role === "user" ? "text-accent" : "text-muted"}`}>
        {row.role === "user" ? "person" : "agent"}
      </span>
      <div className="min-w-0 flex-1">
        <ForeignBlock text={row.text} className={isLong && !isOpen ? "line-clamp-6" : ""} />
        {isLong ? (
          <button
            type="button"
            onClick={onToggle}
            aria-expanded={isOpen}
            className="text-small text-accent hover:underline"
          >
            {isOpen ? "show less" : "show all"}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function MarkLine({ row }: { readonly row: RowOf<"mark"> }): ReactElement {
  return (
    <p className="text-small text-muted">
      <ForeignWord text={row.mark} className="font-mono" /> <ForeignWord text={row.detail} />{" "}
      {row.count === null ? "" : `× ${whole(row.count)}`}
    </p>
  );
}

/** Under what happened, in line with its words. */
function Pinned({ signal }: { readonly signal: SignalRow }): ReactElement {
  return (
    <div className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-small">
      <Category category={signal.category} type={signal.type} />
      <ForeignBlock text={signal.description} className="text-muted" />
    </div>
  );
}
