import type { ReactElement, ReactNode } from "react";
import type { ToolCallRow } from "../../../src/views/shapes/session.ts";
import { WaterfallBar } from "../draw/bars.tsx";
import { milliseconds } from "../draw/words.ts";
import { Time } from "../parts/facts.tsx";
import { ForeignBlock, ForeignLine } from "../parts/foreign.tsx";
import { Icon } from "../parts/icon.tsx";
import { Outcome } from "../parts/outcome.tsx";
import type { EntryProps } from "./timeline-entry.tsx";

interface CallEntryProps extends Omit<EntryProps, "isSelected"> {
  readonly call: ToolCallRow;
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
        className="flex w-full min-w-0 items-center gap-3 text-start"
      >
        <Icon name="chevron" className={`text-faint transition-transform ${isOpen ? "rotate-90" : ""}`} />
        <span className="w-30 shrink-0">
          <Outcome outcome={call.outcome} />
        </span>
        <span className="min-w-0 flex-1 font-mono text-small">
          <ForeignLine text={call.input === "" ? call.tool : call.input} />
        </span>
        <span className="w-14 shrink-0 text-end text-small text-muted">{milliseconds(call.duration_ms)}</span>
        <span className="w-32 shrink-0 max-md:hidden">
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
        <Detail name="tool">{call.tool}</Detail>
        <Detail name="family">{call.family}</Detail>
        <Detail name="exit code">{call.exit_code === null ? "none" : String(call.exit_code)}</Detail>
        <Detail name="took">{milliseconds(call.duration_ms)}</Detail>
        <Detail name="started (UTC)">
          <Time at={call.started_at} precise />
        </Detail>
        <Detail name="call">{call.call_id}</Detail>
        {call.parent_call_id === null ? null : <Detail name="inside">{call.parent_call_id}</Detail>}
      </dl>
      <Text name="input" text={call.input} />
      <Text name="output, excerpt" text={call.excerpt} />
    </div>
  );
}

function Detail({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="text-faint">{name}</dt>
      <dd className="foreign min-w-0 font-mono">{children}</dd>
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
