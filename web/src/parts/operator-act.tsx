import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useId, useState } from "react";
import { useIsOperator } from "../data/operator.ts";
import { write } from "../data/request.ts";
import { CommandLine } from "./command-line.tsx";
import { FailurePanel } from "./answer.tsx";

export interface Act {
  readonly name: string;
  /** Where it is posted. */
  readonly path: string;
  /** It cannot be taken back: it is drawn so. */
  readonly isGrave?: boolean;
  readonly needsReason?: boolean;
}

interface OperatorActsProps {
  readonly acts: readonly Act[];
  /** What the reason is asked for; without it no reason is asked. */
  readonly reasonFor?: string;
  /** The command that does the same, for readers who are not the operator. */
  readonly command: readonly string[];
}

/** Buttons for what only the operator may do; anybody else is shown the command. What was refused is said in its three lines. */
export function OperatorActs({ acts, reasonFor, command }: OperatorActsProps): ReactElement {
  const isOperator = useIsOperator();
  if (!isOperator) return <HowTo command={command} />;
  return <Buttons acts={acts} reasonFor={reasonFor} />;
}

function HowTo({ command }: { readonly command: readonly string[] }): ReactElement {
  return (
    <p className="flex flex-wrap items-baseline gap-2 text-small text-muted">
      Open the operator&rsquo;s link that <code className="font-mono">codex-loop up</code> printed, or run
      <CommandLine words={command} />
    </p>
  );
}

function Buttons({
  acts,
  reasonFor,
}: {
  readonly acts: readonly Act[];
  readonly reasonFor: string | undefined;
}): ReactElement {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const field = useId();
  const act = useMutation({
    mutationFn: ({ path }: Act) => write<unknown>(path, reasonFor === undefined ? undefined : { reason }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        {reasonFor === undefined ? null : (
          <label htmlFor={field} className="flex min-w-64 flex-1 items-center gap-2 text-small text-muted">
            {reasonFor}
            <input
              id={field}
              value={reason}
              maxLength={2000}
              onChange={(event) => setReason(event.target.value)}
              className="h-7 min-w-0 flex-1 rounded-md border border-line bg-surface px-2 text-body text-ink"
            />
          </label>
        )}
        {acts.map((one) => (
          <button
            key={one.name}
            type="button"
            disabled={act.isPending || (one.needsReason === true && reason.trim() === "")}
            title={one.needsReason === true && reason.trim() === "" ? "Say why first" : undefined}
            onClick={() => act.mutate(one)}
            className={`rounded-md border px-2.5 py-0.5 hover:bg-hover disabled:text-faint ${one.isGrave === true ? "border-friction-fill text-friction" : "border-line"}`}
          >
            {one.name}
          </button>
        ))}
      </div>
      {act.isError ? (
        <div className="mt-2">
          <FailurePanel error={act.error} />
        </div>
      ) : null}
    </div>
  );
}
