import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { SessionDetail } from "../../../src/views/shapes/session.ts";
import { oneLine } from "../draw/visible-text.ts";
import { tokens, whole } from "../draw/words.ts";
import { Amount, Fact, Provenance, Time } from "../parts/facts.tsx";
import { Outcome } from "../parts/outcome.tsx";
import { Kin } from "./session-columns.tsx";

export function SessionFacts({ session }: { readonly session: SessionDetail }): ReactElement {
  const { tokens: sum, turn_count, tool_call_count, compactions, rollbacks } = session;
  return (
    <>
      <Outcome outcome={session.outcome} />
      <span>
        <Time at={session.started_at} /> UTC
      </span>
      <Fact value={whole(turn_count)} label={turn_count === 1 ? "turn" : "turns"} />
      <Fact value={whole(tool_call_count)} label={tool_call_count === 1 ? "call" : "calls"} />
      <Link to="/usage" search={{ by: "session" }} className="hover:underline">
        <Fact
          value={<Amount>{tokens(sum.total)}</Amount>}
          label="tokens"
          note={sum.total === null ? undefined : <Provenance word={sum.provenance} />}
        />
      </Link>
      {compactions === 0 ? null : (
        <Fact value={whole(compactions)} label={compactions === 1 ? "compaction" : "compactions"} />
      )}
      {rollbacks === 0 ? null : <Fact value={whole(rollbacks)} label={rollbacks === 1 ? "rollback" : "rollbacks"} />}
      <Kin row={session} />
      <Surroundings session={session} />
    </>
  );
}

/** Where it ran: words of the recording, so shown as such. */
function Surroundings({ session }: { readonly session: SessionDetail }): ReactElement {
  const { model, cli_version, cwd, git, source } = session;
  const words = [model ?? "unknown model", `codex ${cli_version ?? "unknown"}`, source, cwd, git?.branch ?? null];
  return (
    <span className="foreign line-clamp-2 basis-full text-small text-faint">
      {words.flatMap((word) => (word === null ? [] : [oneLine(word)])).join(" · ")}
    </span>
  );
}
