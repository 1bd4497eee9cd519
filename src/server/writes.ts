/** What the operator may do over HTTP. Each act is one transaction, and answers with what is there afterwards. */
import { ok, type Result } from "../kit/result.ts";
import { approveIdea, cancelIdea, pauseIdea, resumeIdea } from "../loop/operate-idea.ts";
import { deny, grant } from "../loop/decide-approval.ts";
import { cancelRun } from "../loop/operate-run.ts";
import type { Approval } from "../model/approval.ts";
import type { Failure } from "../model/failure.ts";
import type { Idea } from "../model/idea.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Writes } from "./api.ts";
import type { OperatorWords } from "./words.ts";

export interface WritesOptions {
  readonly store: Store;
  readonly redact: (text: string) => Redacted;
  /** Called after something was written, so that whoever waits for the log looks at it. */
  readonly wrote: () => void;
  readonly ingest: Writes["ingest"];
}

const STAMP = { actor: "operator" } as const;

export function writesOf({ store, redact, wrote, ingest }: WritesOptions): Writes {
  const write = async <T>(act: (tx: Tx) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> => {
    const done = await store.write(STAMP, act);
    wrote();
    return done;
  };
  const said = ({ reason, answers }: OperatorWords) => ({
    reason: reason === null || reason.trim() === "" ? null : redact(reason.trim()),
    ...(answers === null ? {} : { answers: mapped(answers, redact) }),
  });
  const idea = (act: (tx: Tx, id: string) => Promise<Result<Idea, Failure>>) => async (id: string) =>
    told(await write((tx) => act(tx, id)));
  return {
    ingest,
    grant: async (id, words) => told(await write((tx) => grant(tx, { id, ...said(words) }))),
    deny: async (id, words) => told(await write((tx) => deny(tx, { id, ...said(words) }))),
    cancelRun: async (id) => {
      const done = await write((tx) => cancelRun(tx, id));
      return done.ok ? ok({ id: done.value.id, state: done.value.state }) : done;
    },
    pauseIdea: idea(pauseIdea),
    resumeIdea: idea(resumeIdea),
    cancelIdea: idea(cancelIdea),
    approveIdea: async (id, words) => told(await write((tx) => approveIdea(tx, { id, ...said(words) }))),
  };
}

function told(
  done: Result<Idea | Approval, Failure>,
): Result<{ readonly id: string; readonly state: string }, Failure> {
  return done.ok ? ok({ id: done.value.id, state: done.value.state }) : done;
}

function mapped(words: Readonly<Record<string, string>>, redact: (text: string) => Redacted): Record<string, Redacted> {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [name, redact(text)]));
}
