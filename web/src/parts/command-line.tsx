import { type ReactElement, useState } from "react";
import { shellWord } from "../draw/shell-word.ts";
import { oneLine } from "../draw/visible-text.ts";
import { Icon } from "./icon.tsx";

/** The command that prints the same facts, ready to be copied. Words from a recording or the address are quoted. */
export function CommandLine({ words }: { readonly words: readonly string[] }): ReactElement {
  const line = ["codex-loop", ...words].map(shellWord).join(" ");
  const shown = oneLine(line);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(line).then(() => setCopied(true));
    window.setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span className="inline-flex max-w-full items-baseline gap-1 rounded-md border border-line bg-sunken py-0.5 ps-2 pe-0.5 font-mono text-small text-muted">
      <span aria-hidden="true" className="text-faint select-none">
        $
      </span>
      <code className="foreign truncate" title={shown}>
        {shown}
      </code>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy: ${shown}`}
        className="rounded px-1.5 py-0.5 font-sans text-mini text-muted hover:bg-hover hover:text-ink"
      >
        <span aria-live="polite" className="inline-flex items-baseline gap-1">
          <Icon name={copied ? "check" : "copy"} />
          {copied ? "copied" : "copy"}
        </span>
      </button>
    </span>
  );
}
