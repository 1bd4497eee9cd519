import type { Result } from "../kit/result.ts";
import { fail } from "../kit/result.ts";
import type { Approval } from "../model/approval.ts";
import type { Failure } from "../model/failure.ts";
import type { Redacted } from "../model/redacted.ts";
import { denyApproval, grantApproval } from "../store/approvals/decide-approval.ts";
import { getApproval } from "../store/approvals/get-approval.ts";
import type { Tx } from "../store/store.ts";
import { findApproval } from "../views/find-id.ts";

/** What a person says to a question. `answers`: by question id, for an ask of action `input`. */
export interface Said {
  /** The start of an id is enough where only one begins so. */
  readonly id: string;
  readonly reason: Redacted | null;
  readonly answers?: Readonly<Record<string, Redacted>>;
}

/** A person says yes to exactly what was asked. A question of the agent's that wants words gets the reason as its answer. */
export async function grant(tx: Tx, { id, reason, answers }: Said): Promise<Result<Approval, Failure>> {
  const found = await findApproval(tx, id);
  if (!found.ok) return found;
  const approval = await getApproval(tx, found.value);
  const words = answers ?? (approval?.action === "input" && reason !== null ? { answer: reason } : undefined);
  if (approval?.action === "input" && words === undefined) return fail(wordless(found.value));
  return grantApproval(tx, found.value, {
    by: "person",
    ...(reason === null ? {} : { reason }),
    ...(words === undefined ? {} : { answer: words }),
  });
}

/** A person says no; the agent is told why, so a denial without a reason is not taken. */
export async function deny(tx: Tx, { id, reason }: Said): Promise<Result<Approval, Failure>> {
  const found = await findApproval(tx, id);
  if (!found.ok) return found;
  return reason === null ? fail(unreasoned(found.value)) : denyApproval(tx, found.value, { by: "person", reason });
}

function unreasoned(id: string): Failure {
  return {
    code: "usage",
    message: "A denial needs a reason.",
    cause: "It is told to the agent, so that it does not try the same again in other words.",
    hint: `Do this: codex-loop approvals deny ${id} --reason "why not"`,
    retry: "never",
  };
}

function wordless(id: string): Failure {
  return {
    code: "usage",
    message: "This question wants words, not a yes.",
    cause: "The agent asked for an answer and goes on with what it is told.",
    hint: `Do this: codex-loop approvals grant ${id} --reason "the answer"`,
    retry: "never",
  };
}
