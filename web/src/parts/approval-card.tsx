import type { ReactElement } from "react";
import type { AskedApproval } from "../../../src/views/shapes/approval.ts";
import { Time } from "./facts.tsx";
import { ForeignBlock, ForeignWord } from "./foreign.tsx";
import { OperatorActs } from "./operator-act.tsx";
import { RunLink } from "./run-link.tsx";
import { Simulated, State } from "./state.tsx";

/** Commands and changes wait for a yes or a no; a question of the agent's wants words. */
const ASKS: Readonly<Record<AskedApproval["action"], string>> = {
  command: "wants to run a command",
  patch: "wants to apply a patch",
  permissions: "wants more permissions",
  input: "asks a question",
  change: "made a change that a person has to look at",
};

/** One question with all that was asked about, why, and under which rule. Nothing in it is ours but the frame. */
export function ApprovalCard({
  approval,
  showsRun = false,
}: {
  readonly approval: AskedApproval;
  /** On screens of more than one run. */
  readonly showsRun?: boolean;
}): ReactElement {
  const { id, action, state } = approval;
  return (
    <article
      aria-label={`Approval ${id}`}
      className={`panel mb-3 border-s-4 px-4 py-3 ${state === "asked" ? "border-s-caution" : "border-s-line-strong"}`}
    >
      <p className="flex flex-wrap items-baseline gap-x-3">
        <State state={state} />
        <span>The agent {ASKS[action]}</span>
        <Simulated is={approval.simulated} />
        {showsRun ? (
          <RunLink id={approval.attempt_id} className="min-w-0 text-accent hover:underline">
            <ForeignWord text={approval.title} />
          </RunLink>
        ) : null}
      </p>
      <ForeignBlock
        text={approval.subject}
        className="my-2 max-h-80 overflow-y-auto rounded bg-sunken px-2 py-1.5 font-mono text-small"
      />
      <Why approval={approval} />
      {state === "asked" ? <Decide approval={approval} /> : <Decided approval={approval} />}
    </article>
  );
}

function Why({ approval }: { readonly approval: AskedApproval }): ReactElement {
  return (
    <dl className="mb-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small">
      <dt className="text-faint">why</dt>
      <dd>{approval.reason === "" ? "no reason given" : <ForeignWord text={approval.reason} />}</dd>
      <dt className="text-faint">rule</dt>
      <dd>{approval.rule === null ? "none: people are asked by default" : <ForeignWord text={approval.rule} />}</dd>
      {approval.head === null ? null : (
        <>
          <dt className="text-faint">commit</dt>
          <dd className="font-mono">{approval.head}</dd>
        </>
      )}
      <dt className="text-faint">asked</dt>
      <dd>
        <Time at={approval.asked_at} /> UTC, open until <Time at={approval.expires_at} />
      </dd>
    </dl>
  );
}

function Decide({ approval }: { readonly approval: AskedApproval }): ReactElement {
  const path = `api/approvals/${encodeURIComponent(approval.id)}`;
  return (
    <OperatorActs
      reasonFor={approval.action === "input" ? "Answer, or why not" : "Reason"}
      command={["approvals", "grant", approval.id]}
      acts={[
        { name: "Approve", path: `${path}/grant`, needsReason: approval.action === "input" },
        { name: "Deny", path: `${path}/deny`, needsReason: true, isGrave: true },
      ]}
    />
  );
}

function Decided({ approval }: { readonly approval: AskedApproval }): ReactElement {
  const { decided_by, decided_at, decided_reason } = approval;
  return (
    <p className="text-small text-muted">
      {decided_by === null ? "Nobody decided" : `Decided by ${decided_by}`}{" "}
      {decided_at === null ? null : (
        <>
          at <Time at={decided_at} /> UTC
        </>
      )}
      {decided_reason === null ? null : (
        <>
          : <ForeignWord text={decided_reason} />
        </>
      )}
    </p>
  );
}
