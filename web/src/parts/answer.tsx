/** What a screen shows instead of its facts: still reading, refused, or nothing there. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { linesOf } from "../data/request-failure.ts";
import { CommandLine } from "./command-line.tsx";
import { Icon } from "./icon.tsx";

/** The facts once they are there. A later failed read keeps the last facts on screen and says so above them. */
export function Answer<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { data, error } = query;
  if (data === undefined) return error === null ? <Reading /> : <FailurePanel error={error} />;
  return (
    <>
      {error === null ? null : <FailurePanel error={error} />}
      {children(data)}
    </>
  );
}

function Reading(): ReactElement {
  return <output className="py-10 text-center text-muted">Reading…</output>;
}

/** What happened, why, and what to do. */
export function FailurePanel({ error }: { readonly error: unknown }): ReactElement {
  const { code, message, cause, hint } = linesOf(error);
  return (
    <div role="alert" className="panel mb-4 border-s-4 border-s-friction-fill px-4 py-3">
      <div className="flex items-baseline gap-2">
        <Icon name="alert" className="text-friction" />
        <p className="foreign font-semibold text-friction">{message}</p>
        <code className="font-mono text-mini text-faint">{code}</code>
      </div>
      <p className="foreign text-muted">{cause}</p>
      <p className="foreign">{hint}</p>
    </div>
  );
}

/** Nothing to show, and the command that would change that. */
export function Empty({ says, next }: { readonly says: string; readonly next: readonly string[] }): ReactElement {
  return (
    <div className="panel flex flex-col items-center gap-3 border-dashed px-4 py-10 text-center">
      <p className="text-muted">{says}</p>
      <p className="flex flex-wrap items-center justify-center gap-2">
        <span className="text-faint">Next:</span> <CommandLine words={next} />
      </p>
    </div>
  );
}
