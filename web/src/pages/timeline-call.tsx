import type { ReactElement } from "react";
import type { ToolCallRow } from "../../../src/views/shapes/session.ts";
import { WaterfallBar } from "../draw/bars.tsx";
import { milliseconds, secondOf } from "../draw/words.ts";
import { ForeignBlock, ForeignLine, ForeignWord } from "../parts/foreign.tsx";
import { Icon } from "../parts/icon.tsx";
import { Outcome } from "../parts/outcome.tsx";
import type { TimelineItem } from "../draw/timeline.ts";

interface CallEntryProps {
  readonly item: TimelineItem;
  readonly call: ToolCallRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

const INDENT = ["", "ps-5", "ps-10", "ps-15", "ps-20"] as const;

/** A tool call: one line, with everything the recording holds about it on demand. */
export function CallEntry({ item, call, isOpen, onToggle }: CallEntryProps): ReactElement {
  return (
    <div className={INDENT[item.depth] ?? "ps-20"}>
      <button
        type="button"
        onClick={onToggle}
        aria-expanded={isOpen}
        className="flex w-full min-w-0 items-baseline gap-2.5 text-start"
      >
        <Icon name="chevron" className={`text-faint transition-transform ${isOpen ? "rotate-90" : ""}`} />
        <span className="min-w-0 flex-1 font-mono text-small">
          <ForeignLine text={call.input === "" ? call.tool : call.input} />
        </span>
        <span className="shrink-0 md:w-34">
          <Outcome outcome={call.outcome} />
        </span>
        <span className="w-14 shrink-0 text-end text-small text-muted">{milliseconds(call.duration_ms)}</span>
        <span className="w-32 shrink-0 self-center max-md:hidden">
          <WaterfallBar place={item.bar} isGood={call.outcome === "ok"} />
        </span>
      </button>
      {isOpen ? <Details call={call} /> : null}
    </div>
  );
}

function Details({ call }: { readonly call: ToolCallRow }): ReactElement {
  return (
    <div className="mt-1.5 mb-1 rounded-lg border border-line bg-surface p-3 text-small">
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5">
        <Detail name="tool" text={call.tool} />
        <Detail name="family" text={call.family} />
        <Detail name="exit code" text={call.exit_code === null ? "none" : String(call.exit_code)} />
        <Detail name="took" text={milliseconds(call.duration_ms)} />
        <Detail name="started (UTC)" text={call.started_at === null ? "unknown" : secondOf(call.started_at)} />
        <Detail name="call" text={call.call_id} />
        {call.parent_call_id === null ? null : <Detail name="inside" text={call.parent_call_id} />}
      </dl>
      <Text name="input" text={call.input} />
      <Text name="output, excerpt" text={call.excerpt} />
    </div>
  );
}

function Detail({ name, text }: { readonly name: string; readonly text: string }): ReactElement {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="whitespace-nowrap text-faint">{name}</dt>
      <dd className="min-w-0 font-mono">
        <ForeignWord text={text} />
      </dd>
    </div>
  );
}

function Text({ name, text }: { readonly name: string; readonly text: string }): ReactElement | null {
  if (text === "") return null;
  return (
    <div className="mt-2">
      <p className="text-faint">{name}</p>
      <ForeignBlock text={text} className="max-h-80 overflow-y-auto rounded bg-sunken px-2 py-1.5 font-mono" />
    </div>
  );
}
