import type { ReactElement, ReactNode } from "react";
import { State, type StateWord } from "./state.tsx";

export interface Station {
  readonly name: StateWord;
  readonly reached: boolean;
  readonly note?: ReactNode;
}

interface StateRailProps {
  readonly label: string;
  readonly stations: readonly Station[];
  /** Where it stands; it may be beside the rail (paused, waiting for a person). */
  readonly at: StateWord;
}

/** The way a thing goes from left to right: what lies behind it is drawn through, what lies before it is dashed. */
export function StateRail({ label, stations, at }: StateRailProps): ReactElement {
  const isBeside = !stations.some(({ name }) => name === at);
  return (
    <ol aria-label={label} className="mb-4 flex flex-wrap items-baseline gap-x-1.5 gap-y-1 text-small">
      {stations.map(({ name, reached, note }, index) => (
        <li
          key={name}
          aria-current={name === at ? "step" : undefined}
          className={`inline-flex items-baseline gap-1.5 ${reached || name === at ? "" : "text-faint"}`}
        >
          {index === 0 ? null : <Track isSolid={reached || name === at} />}
          {name === at ? <State state={name} /> : name}
          {note === undefined ? null : <span className="text-mini text-faint">{note}</span>}
        </li>
      ))}
      {isBeside ? (
        <li aria-current="step" className="ms-2 inline-flex items-baseline rounded bg-sunken px-2">
          <State state={at} />
        </li>
      ) : null}
    </ol>
  );
}

function Track({ isSolid }: { readonly isSolid: boolean }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={`inline-block w-4 -translate-y-[0.28em] border-t ${isSolid ? "border-line-strong" : "border-dashed border-line"}`}
    />
  );
}
