import type { ReactElement, ReactNode } from "react";
import type { Provenance as ProvenanceWord } from "../../../src/model/provenance.ts";
import { minuteOf, secondOf } from "../draw/words.ts";

/** Where a number comes from; anything but measured stands out. */
export function Provenance({ word }: { readonly word: ProvenanceWord }): ReactElement {
  return <span className={word === "measured" ? "text-faint" : "text-caution"}>{word}</span>;
}

/** A number that the recordings do not hold is said to be unknown, in a quieter voice. */
export function Amount({ children }: { readonly children: string }): ReactElement {
  return <span className={children === "unknown" ? "text-faint" : ""}>{children}</span>;
}

/** UTC, with the reader's own time on hover. */
export function Time({
  at,
  precise = false,
}: {
  readonly at: string | null;
  readonly precise?: boolean;
}): ReactElement {
  if (at === null) return <span className="text-faint">–</span>;
  return (
    <time dateTime={at} title={`${new Date(at).toLocaleString()} your time`}>
      {precise ? secondOf(at) : minuteOf(at)}
    </time>
  );
}

/** One figure with what it counts; `note` is its provenance or sample size. */
export function Fact({
  value,
  label,
  note,
}: {
  readonly value: ReactNode;
  readonly label: string;
  readonly note?: ReactNode;
}): ReactElement {
  return (
    <span className="whitespace-nowrap">
      <span className="font-semibold text-ink">{value}</span> {label}
      {note === undefined ? null : <span className="text-faint"> ({note})</span>}
    </span>
  );
}
