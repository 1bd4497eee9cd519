import type { ReactElement } from "react";
import { oneLine, visibleText } from "../draw/visible-text.ts";

/** Text from a recording on one line, cut by its box; the whole text is its tooltip. */
export function ForeignLine({
  text,
  className = "",
}: {
  readonly text: string;
  readonly className?: string;
}): ReactElement {
  const line = oneLine(text);
  return (
    <span dir="auto" title={line.slice(0, 600)} className={`foreign block truncate text-start ${className}`}>
      {line.slice(0, 600)}
    </span>
  );
}

/** A word or path from a recording within a line of ours. */
export function ForeignWord({
  text,
  className = "",
}: {
  readonly text: string;
  readonly className?: string;
}): ReactElement {
  return <bdi className={`foreign ${className}`}>{oneLine(text)}</bdi>;
}

/** Text from a recording with its own line breaks. */
export function ForeignBlock({
  text,
  className = "",
}: {
  readonly text: string;
  readonly className?: string;
}): ReactElement {
  return (
    <div dir="auto" className={`foreign text-start whitespace-pre-wrap ${className}`}>
      {visibleText(text)}
    </div>
  );
}
