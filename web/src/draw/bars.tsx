/** Small bars, drawn as SVG so that no style is written into the page's markup. */
import type { ReactElement, ReactNode } from "react";
import type { Place } from "./time-scale.ts";

/** One share of a whole beside the figure that says the same; an unknown share is an empty track. */
export function ShareBar({ share }: { readonly share: number | null }): ReactElement {
  const width = 100 * Math.min(1, Math.max(0, share ?? 0));
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="mt-1.5 block h-2 w-full rounded-full"
    >
      <rect width="100" height="4" className="fill-sunken" />
      <rect width={width} height="4" className="fill-friction-fill" />
    </svg>
  );
}

/** A row's size against the largest row; decoration beside the figure that says the same. */
export function RowBar({
  value,
  most,
  tone,
}: {
  readonly value: number;
  readonly most: number;
  readonly tone: string;
}): ReactElement {
  const width = most <= 0 ? 0 : Math.max(0.5, (100 * value) / most);
  return (
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" className="block h-1.5 w-full rounded-full">
      <rect width="100" height="4" className="fill-sunken" />
      <rect width={width} height="4" className={tone} />
    </svg>
  );
}

/** A figure with its bar before it, in one cell. */
export function DrawnFigure({
  bar,
  children,
}: {
  readonly bar: ReactElement;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">{bar}</span>
      <span className="min-w-12 text-end">{children}</span>
    </span>
  );
}

export interface Part {
  readonly name: string;
  readonly value: number;
  readonly tone: string;
}

/** Left edge and width of each part of a bar, in percent of the largest total. */
export function stack(
  parts: readonly Part[],
  most: number,
): readonly (Part & { readonly left: number; readonly width: number })[] {
  let left = 0;
  return parts.map((part) => {
    const width = most <= 0 ? 0 : (100 * Math.max(0, part.value)) / most;
    const placed = { ...part, left, width };
    left += width;
    return placed;
  });
}

/** Parts of one total beside each other. */
export function StackedBar({ parts, most }: { readonly parts: readonly Part[]; readonly most: number }): ReactElement {
  return (
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" className="block h-2.5 w-full rounded">
      <rect width="100" height="4" className="fill-sunken" />
      {stack(parts, most).map(({ name, left, width, tone }) => (
        <rect key={name} x={left} width={width} height="4" className={tone} />
      ))}
    </svg>
  );
}

/** When a call ran within its session. A call too short to see is drawn as wide as can be seen. */
export function WaterfallBar({
  place,
  isGood,
}: {
  readonly place: Place | null;
  readonly isGood: boolean;
}): ReactElement {
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className="block h-2 w-full rounded-sm">
      <rect width="100" height="8" className="fill-sunken" />
      {place === null ? null : (
        <rect
          x={Math.min(98.5, 100 * place.left)}
          width={Math.max(1.5, 100 * place.width)}
          height="8"
          className={isGood ? "fill-bar" : "fill-friction-fill"}
        />
      )}
    </svg>
  );
}
