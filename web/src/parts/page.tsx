import { type ReactElement, type ReactNode, useEffect } from "react";
import { oneLine } from "../draw/visible-text.ts";
import { CommandLine } from "./command-line.tsx";
import { ROW_KEYS, useKeys } from "./use-keys.ts";

interface PageProps {
  readonly title: string;
  /** The words after `codex-loop` that print the same facts. */
  readonly command: readonly string[];
  readonly facts?: ReactNode;
  readonly heading?: ReactNode;
  /** The screen walks something else than rows with j and k. */
  readonly hasOwnWalk?: boolean;
  readonly children: ReactNode;
}

const NO_KEYS = {};

/** One screen: its heading, its leading facts, the command that prints the same, and its body. */
export function Page({ title, command, facts, heading, hasOwnWalk = false, children }: PageProps): ReactElement {
  useKeys(hasOwnWalk ? NO_KEYS : ROW_KEYS);
  useEffect(() => {
    document.title = oneLine(`${title.slice(0, 80)} · Codex Loop`);
  }, [title]);
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[84rem] px-5 pt-5 pb-16 outline-none">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-96">
          <h1 className="text-xl leading-7 font-semibold tracking-tight">{heading ?? title}</h1>
          {facts === undefined ? null : <p className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-muted">{facts}</p>}
        </div>
        <CommandLine words={command} />
      </div>
      {children}
    </main>
  );
}

export function Section({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="mt-7" aria-label={title}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-[0.9375rem] font-semibold">{title}</h2>
        {note === undefined ? null : <p className="text-small text-muted">{note}</p>}
      </div>
      {children}
    </section>
  );
}
