import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { IdeaDetail, Spend, TaskRow } from "../../../src/views/shapes/idea.ts";
import { ideaQuery } from "../data/queries.ts";
import { ideaStations } from "../draw/idea-stations.ts";
import { counted, dollars, shortId, tokens } from "../draw/words.ts";
import { Answer } from "../parts/answer.tsx";
import { ApprovalCard } from "../parts/approval-card.tsx";
import { Amount, Fact, Provenance, Time } from "../parts/facts.tsx";
import { ForeignBlock, ForeignLine, ForeignWord } from "../parts/foreign.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Simulated, State } from "../parts/state.tsx";
import { StateRail } from "../parts/state-rail.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { IdeaActs } from "./idea-acts.tsx";
import { CHANGE_COLUMNS } from "./change-columns.tsx";
import { ATTEMPT_COLUMNS } from "./run-columns.tsx";

const route = getRouteApi("/ideas/$id");

/** One idea from what was asked for to what came of it. */
export function IdeaPage(): ReactElement {
  const { id } = route.useParams();
  const query = useQuery(ideaQuery(id));
  const title = query.data?.title ?? `Idea ${shortId(id)}`;
  return (
    <Page
      key={id}
      title={title}
      heading={<ForeignLine text={title} />}
      command={["idea", "show", id]}
      facts={query.data === undefined ? null : <Facts idea={query.data} />}
    >
      <Answer query={query}>{(idea) => <Body idea={idea} />}</Answer>
    </Page>
  );
}

function Facts({ idea }: { readonly idea: IdeaDetail }): ReactElement {
  return (
    <>
      <State state={idea.state} />
      <Simulated is={idea.simulated} />
      <span>
        added <Time at={idea.created_at} /> UTC
      </span>
      <Money spend={idea.spend} />
      <span className="foreign basis-full text-small text-faint">
        <ForeignWord text={idea.repository} /> on <ForeignWord text={idea.target_branch} /> · {idea.agent}
      </span>
    </>
  );
}

function Money({ spend }: { readonly spend: Spend }): ReactElement {
  return (
    <>
      <Fact
        value={<Amount>{tokens(spend.tokens)}</Amount>}
        label="tokens"
        note={spend.tokens === null ? undefined : <Provenance word={spend.provenance} />}
      />
      <Fact
        value={<Amount>{dollars(spend.usd)}</Amount>}
        label="money"
        note={spend.unpriced === 0 ? undefined : `${counted(spend.unpriced, "response")} without a known price`}
      />
    </>
  );
}

function Body({ idea }: { readonly idea: IdeaDetail }): ReactElement {
  return (
    <>
      <StateRail label="State" stations={ideaStations(idea)} at={idea.state} />
      {idea.reason === null ? null : (
        <p className="mb-3 text-muted">
          {idea.reason}
          {idea.detail === null ? null : (
            <>
              : <ForeignWord text={idea.detail} />
            </>
          )}
        </p>
      )}
      {idea.approvals
        .filter(({ state }) => state === "asked")
        .map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      <IdeaActs idea={idea} />
      <Section title="Tasks">
        <Table label="Tasks" columns={TASK_COLUMNS} rows={idea.tasks} keyOf={(row) => row.id} />
      </Section>
      <Section title="Runs">
        <Table
          label="Runs"
          columns={ATTEMPT_COLUMNS}
          rows={idea.attempts}
          keyOf={(row) => row.id}
          minWidth="min-w-[56rem]"
        />
      </Section>
      {idea.changes.length === 0 ? null : (
        <Section title="Changes">
          <Table
            label="Changes"
            columns={CHANGE_COLUMNS}
            rows={idea.changes}
            keyOf={(row) => row.id}
            minWidth="min-w-[48rem]"
          />
        </Section>
      )}
      <Section title="Specification">
        <ForeignBlock text={idea.spec} className="panel max-h-[32rem] overflow-y-auto px-4 py-3 font-mono text-small" />
      </Section>
    </>
  );
}

const TASK_COLUMNS: readonly Column<TaskRow>[] = [
  { title: "no.", width: "w-12", align: "right", cell: (row) => String(row.number) },
  { title: "state", width: "w-40", cell: (row) => <State state={row.state} /> },
  { title: "task", cell: (row) => <ForeignLine text={row.title} /> },
  {
    title: "why",
    cell: ({ reason, detail }) => <ForeignLine text={[reason, detail].filter((part) => part !== null).join(": ")} />,
  },
];
