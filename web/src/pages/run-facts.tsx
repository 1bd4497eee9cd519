import type { ReactElement } from "react";
import type { RunDetail } from "../../../src/views/shapes/run.ts";
import { oneLine } from "../draw/visible-text.ts";
import { dollars, milliseconds, tokens } from "../draw/words.ts";
import { Amount, Fact, Provenance, Time } from "../parts/facts.tsx";
import { IdeaLink } from "../parts/run-link.tsx";
import { SessionLink } from "../parts/session-link.tsx";
import { Simulated, State } from "../parts/state.tsx";
import { stateOf } from "./run-columns.tsx";

export function RunFacts({ run }: { readonly run: RunDetail }): ReactElement {
  return (
    <>
      <State state={stateOf(run)} />
      <Simulated is={run.simulated} />
      <span>
        <Time at={run.started_at ?? run.queued_at} /> UTC{tookOf(run)}
      </span>
      <Fact
        value={<Amount>{tokens(run.tokens)}</Amount>}
        label="tokens"
        note={run.tokens === null ? undefined : <Provenance word={run.provenance} />}
      />
      <Fact value={<Amount>{dollars(run.usd)}</Amount>} label="money" />
      <IdeaLink id={run.idea_id} className="text-accent hover:underline">
        idea
      </IdeaLink>
      {run.session_id === null || !run.session_known ? null : (
        <SessionLink id={run.session_id} className="text-accent hover:underline">
          session
        </SessionLink>
      )}
      <Surroundings run={run} />
    </>
  );
}

function tookOf({ started_at, ended_at }: RunDetail): string {
  if (started_at === null || ended_at === null) return "";
  return `, ${milliseconds(Date.parse(ended_at) - Date.parse(started_at))}`;
}

function Surroundings({ run }: { readonly run: RunDetail }): ReactElement {
  const words = [
    `attempt ${run.number}`,
    run.role,
    run.agent,
    run.model ?? "its own model",
    run.repository,
    `${run.branch} from ${run.base.slice(0, 8)} of ${run.target_branch}`,
  ];
  return (
    <span className="foreign line-clamp-2 basis-full text-small text-faint">{words.map(oneLine).join(" · ")}</span>
  );
}
