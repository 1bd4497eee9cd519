import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { linesOf } from "../data/request-failure.ts";
import { write } from "../data/request.ts";
import { counted } from "../draw/words.ts";
import { Icon } from "./icon.tsx";

/** The operator's one act: read the recordings anew. What it found is said beside it; the views follow the events. */
export function ReadAgain(): ReactElement {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: () => write<{ readonly files: number }>("api/ingest"),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <span className="flex min-w-0 items-center gap-2 text-small whitespace-nowrap">
      <output className="truncate">
        {act.isSuccess ? <span className="text-muted">{counted(act.data.files, "file")} read</span> : null}
        {act.isError ? (
          <span className="text-friction" title={`${linesOf(act.error).cause} ${linesOf(act.error).hint}`}>
            {linesOf(act.error).message}
          </span>
        ) : null}
      </output>
      <button
        type="button"
        disabled={act.isPending}
        onClick={() => act.mutate()}
        className="inline-flex items-center gap-1.5 rounded-md border border-line px-2 py-0.5 hover:bg-hover disabled:text-faint"
      >
        <Icon name="again" />
        {act.isPending ? "Reading…" : "Read again"}
      </button>
    </span>
  );
}
