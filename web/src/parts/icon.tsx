import type { ReactElement } from "react";

/** Strokes on a 16 × 16 field. */
const PATHS = {
  check: "M3.5 8.5l3 3 6-7",
  cross: "M4.5 4.5l7 7m0-7l-7 7",
  ban: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 4.2l7.6 7.6",
  lock: "M4 7.5h8v5.5H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3",
  stop: "M4.5 4.5h7v7h-7z",
  dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  play: "M5.5 3.5l6.5 4.5-6.5 4.5z",
  alert: "M8 2.8l5.7 10.2H2.3zM8 6.6v2.9m0 1.8v.01",
  spark: "M8 2.5v3m0 5v3M2.5 8h3m5 0h3",
  copy: "M5.5 5.5h7v7h-7zM3.5 10.5v-7h7",
  arrow: "M3.5 8h9m-3.5-3.5L12.5 8 9 11.5",
  chevron: "M6 4l4 4-4 4",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10.2 10.2l3.3 3.3",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13 2.8v2.4h-2.4",
  fork: "M4.5 3v4a2 2 0 0 0 2 2h5m-2.5-2.5L11.5 9 9 11.5",
} as const;
export type IconName = keyof typeof PATHS;

/** Always beside a word that says the same, so it is hidden from screen readers. */
export function Icon({ name, className = "" }: { readonly name: IconName; readonly className?: string }): ReactElement {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`relative top-[0.14em] inline-block size-3.5 shrink-0 ${className}`}
    >
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
