import type { ReactElement } from "react";
import { Icon } from "./icon.tsx";

interface FilterBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FilterBox({ label, value, onChange }: FilterBoxProps): ReactElement {
  return (
    <span className="relative flex w-72 items-center max-w-full">
      <span className="pointer-events-none absolute start-2 -mt-0.5 text-faint">
        <Icon name="search" />
      </span>
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 w-full rounded-md border border-line bg-surface ps-7 pe-2 placeholder:text-faint"
      />
    </span>
  );
}

interface FilterChoiceProps extends FilterBoxProps {
  readonly choices: readonly string[];
}

/** One of several words, or any. A word of the address that is not among the choices is shown, so that it can be undone. */
export function FilterChoice({ label, value, choices, onChange }: FilterChoiceProps): ReactElement {
  const words = value === "" || choices.includes(value) ? choices : [value, ...choices];
  return (
    <label className="inline-flex items-center gap-1.5 text-small text-muted">
      {label}
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`h-7 rounded-md border bg-surface px-1.5 text-body ${value === "" ? "border-line text-muted" : "border-accent text-ink"}`}
      >
        <option value="">any</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
