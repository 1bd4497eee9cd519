import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RunDetail } from "../../../src/views/shapes/run.ts";
import { runQuery } from "../data/queries.ts";
import { shortId } from "../draw/words.ts";
import { Answer } from "../parts/answer.tsx";
import { ApprovalCard } from "../parts/approval-card.tsx";
import { Time } from "../parts/facts.tsx";
import { ForeignBlock, ForeignLine } from "../parts/foreign.tsx";
import { CapsMeter } from "../parts/meter.tsx";
import { OperatorActs } from "../parts/operator-act.tsx";
import { Page } from "../parts/page.tsx";
import { StateRail } from "../parts/state-rail.tsx";
import { RunArtifacts } from "./run-artifacts.tsx";
import { RunChecks } from "./run-checks.tsx";
import { stateOf } from "./run-columns.tsx";
import { RunDiffView } from "./run-diff.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunTranscript } from "./run-transcript.tsx";

const route = getRouteApi("/runs/$id");
const PARTS = ["transcript", "diff", "checks", "artifacts"] as const;
type PartName = (typeof PARTS)[number];

/** One run while it happens and after: what it did, what it changed, what it cost, and what it asks. */
export function RunPage(): ReactElement {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  const title = query.data?.title ?? `Run ${shortId(id)}`;
  return (
    <Page
      key={id}
      title={title}
      heading={<ForeignLine text={title} />}
      command={["run", "show", id]}
      facts={query.data === undefined ? null : <RunFacts run={query.data} />}
    >
      <Answer query={query}>{(run) => <Body run={run} />}</Answer>
    </Page>
  );
}

function Body({ run }: { readonly run: RunDetail }): ReactElement {
  return (
    <>
      <StateRail
        label="Phases"
        at={stateOf(run)}
        stations={run.phases.map(({ name, at }) => ({
          name,
          reached: at !== null,
          note: at === null ? undefined : <Time at={at} precise />,
        }))}
      />
      <Failed run={run} />
      {run.approvals
        .filter(({ state }) => state === "asked")
        .map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <Parts />
          <Shown run={run} />
        </div>
        <Side run={run} />
      </div>
    </>
  );
}

function Failed({ run }: { readonly run: RunDetail }): ReactElement | null {
  if (run.failure_code === null) return null;
  return (
    <div role="note" aria-label="Failure" className="panel mb-4 border-s-4 border-s-friction-fill px-4 py-2.5">
      <code className="font-mono text-friction">{run.failure_code}</code>
      {run.failure_detail === null ? null : <ForeignBlock text={run.failure_detail} className="text-muted" />}
    </div>
  );
}

function Parts(): ReactElement {
  const shown = useShown();
  const { id } = route.useParams();
  return (
    <nav aria-label="Parts of the run" className="mb-3 inline-flex rounded-md border border-line bg-surface p-0.5">
      {PARTS.map((name) => (
        <Link
          key={name}
          to="/runs/$id"
          params={{ id }}
          search={{ show: name }}
          resetScroll={false}
          aria-current={name === shown ? "page" : undefined}
          className={`rounded px-3 py-0.5 ${name === shown ? "bg-hover font-medium" : "text-muted hover:text-ink"}`}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

function useShown(): PartName {
  const { show } = route.useSearch();
  return PARTS.find((name) => name === show) ?? "transcript";
}

function Shown({ run }: { readonly run: RunDetail }): ReactElement {
  switch (useShown()) {
    case "transcript":
      return <RunTranscript run={run} />;
    case "diff":
      return <RunDiffView run={run} />;
    case "checks":
      return <RunChecks checks={run.checks} />;
    case "artifacts":
      return <RunArtifacts artifacts={run.artifacts} />;
  }
}

function Side({ run }: { readonly run: RunDetail }): ReactElement {
  const decided = run.approvals.filter(({ state }) => state !== "asked");
  return (
    <aside aria-label="Limits and questions" className="min-w-0">
      <section aria-label="Limits" className="panel mb-4">
        <h2 className="border-b border-line px-3 py-2 font-semibold">Limits</h2>
        <CapsMeter caps={run.caps} />
      </section>
      {run.state === "ended" ? null : (
        <div className="mb-4">
          <OperatorActs
            command={["run", "cancel", run.id]}
            acts={[{ name: "Cancel run", path: `api/runs/${encodeURIComponent(run.id)}/cancel`, isGrave: true }]}
          />
        </div>
      )}
      {decided.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
    </aside>
  );
}
