import type { ReactElement } from "react";

/** How many rows came while the list was open; nothing jumps until they are asked for. */
export function ShowNew({
  waiting,
  settle,
}: {
  readonly waiting: number;
  readonly settle: () => void;
}): ReactElement | null {
  if (waiting === 0) return null;
  return (
    <button
      type="button"
      onClick={settle}
      className="ms-auto rounded-full bg-accent-soft px-3 py-0.5 text-small font-medium text-accent"
    >
      {waiting} new: show
    </button>
  );
}
