import type { ReactElement } from "react";
import type { SessionDetail } from "../../../src/views/shapes/session.ts";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import { lineOfSeq } from "../draw/timeline.ts";
import { Category } from "../parts/category.tsx";
import { ForeignBlock, ForeignWord } from "../parts/foreign.tsx";
import { SessionLink } from "../parts/session-link.tsx";

interface SessionSignalsProps {
  readonly session: SessionDetail;
  readonly selected: number | null;
}

/** What was found in this session, and the recording's own line of what is selected. */
export function SessionSignals({ session, selected }: SessionSignalsProps): ReactElement {
  const { signals } = session;
  const sorted = [...signals].toSorted(
    (left, right) => Number(left.type === "delight") - Number(right.type === "delight") || left.seq - right.seq,
  );
  return (
    <aside aria-label="Signals" className="panel max-h-[calc(100vh-7rem)] overflow-y-auto lg:sticky lg:top-24">
      <h2 className="flex items-baseline justify-between border-b border-line px-3 py-2 font-semibold">
        Signals <span className="text-small font-normal text-faint">j k walk friction</span>
      </h2>
      {sorted.length === 0 ? <p className="px-3 py-4 text-muted">Nothing found in this session.</p> : null}
      <ul>
        {sorted.map((signal) => (
          <li
            key={signal.id}
            ref={signal.seq === selected ? reveal : undefined}
            className="border-b border-line last:border-b-0"
          >
            <Pin signal={signal} isSelected={signal.seq === selected} />
          </li>
        ))}
      </ul>
      <SelectedLine session={session} selected={selected} />
    </aside>
  );
}

/** Only the list scrolls: on a narrow screen it stands below the timeline, and the window must stay at the line. */
function reveal(pin: HTMLElement | null): void {
  const list = pin?.closest("aside");
  if (pin && list) list.scrollTo({ top: pin.offsetTop - list.clientHeight / 2 });
}

function Pin({ signal, isSelected }: { readonly signal: SignalRow; readonly isSelected: boolean }): ReactElement {
  return (
    <SessionLink
      id={signal.session_id}
      at={{ seq: signal.seq }}
      title={`severity ${signal.severity.toFixed(1)}, ${signal.detector}, ${signal.provenance}`}
      className={`block px-3 py-2 ${isSelected ? "bg-accent-soft" : "hover:bg-hover"}`}
    >
      <span className="flex items-baseline justify-between gap-2">
        <Category category={signal.category} type={signal.type} />
        <span className="text-small whitespace-nowrap text-faint">
          {signal.seq === 0 ? "whole session" : `line ${signal.evidence.line}`}
        </span>
      </span>
      <ForeignBlock text={signal.description} className="mt-0.5 line-clamp-3 text-small text-muted" />
    </SessionLink>
  );
}

function SelectedLine({ session, selected }: SessionSignalsProps): ReactElement | null {
  const place = selected === null || selected === 0 ? null : lineOfSeq(session.segments, selected);
  if (place === null) return null;
  return (
    <p className="border-t border-line bg-sunken px-3 py-2 font-mono text-mini text-muted">
      <ForeignWord text={place.path} />:{place.line}
    </p>
  );
}
