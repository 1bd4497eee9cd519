import type { ReactElement, RefObject } from "react";

const KEYS = [
  { keys: ["1", "2", "3", "4", "5", "6"], does: "Report, Sessions, Signals, Usage, Ideas, Runs" },
  { keys: ["/"], does: "search" },
  { keys: ["j", "k"], does: "next and previous row; in a session, next and previous friction" },
  { keys: ["Enter"], does: "open the row; in a session, the details of a call" },
  { keys: ["?"], does: "these keys" },
  { keys: ["Esc"], does: "close" },
] as const;

export function KeysSheet({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }): ReactElement {
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      className="m-auto w-[28rem] max-w-[92vw] rounded-xl border border-line-strong bg-surface p-5 text-ink shadow-xl backdrop:bg-black/40"
    >
      <h2 id="keys-title" className="mb-3 font-semibold">
        Keys
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex items-start gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-line bg-sunken px-1.5 text-center font-mono text-small"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="mt-4 text-end">
        <button type="submit" className="rounded-md border border-line px-3 py-1 hover:bg-hover">
          Close
        </button>
      </form>
    </dialog>
  );
}
