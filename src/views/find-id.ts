import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { ApprovalId, AttemptId, IdeaId, TaskId } from "../model/ids.ts";
import { findApprovalIds } from "../store/approvals/find-approval-ids.ts";
import { findAttemptIds } from "../store/attempts/find-attempt-ids.ts";
import { findIdeaIds } from "../store/ideas/find-idea-ids.ts";
import type { Reader } from "../store/store.ts";
import { findTaskIds } from "../store/tasks/find-task-ids.ts";

/** A thing by what people call it, and the command that lists them. */
interface Noun {
  readonly noun: string;
  readonly list: string;
}

/** Ids shown where a beginning means several. */
const SHOWN = 5;

export function findIdea(reader: Reader, said: string): Promise<Result<IdeaId, Failure>> {
  return theOne(said, { noun: "idea", list: "idea list" }, (start, limit) => findIdeaIds(reader, { start, limit }));
}

export function findTask(reader: Reader, said: string): Promise<Result<TaskId, Failure>> {
  return theOne(said, { noun: "task", list: "idea show ID" }, (start, limit) => findTaskIds(reader, { start, limit }));
}

export function findRun(reader: Reader, said: string): Promise<Result<AttemptId, Failure>> {
  return theOne(said, { noun: "run", list: "run list" }, (start, limit) => findAttemptIds(reader, { start, limit }));
}

export function findApproval(reader: Reader, said: string): Promise<Result<ApprovalId, Failure>> {
  const noun = { noun: "approval", list: "approvals list" };
  return theOne(said, noun, (start, limit) => findApprovalIds(reader, { start, limit }));
}

/** What a person means: a whole id, or the start of one where only one begins so; else all that it could be are named. */
async function theOne<Id extends string>(
  said: string,
  noun: Noun,
  find: (start: string, limit: number) => Promise<readonly Id[]>,
): Promise<Result<Id, Failure>> {
  const found = said === "" ? [] : await find(said.toLowerCase(), SHOWN + 1);
  const [only] = found;
  const exact = found.find((id) => id === said);
  if (exact !== undefined) return ok(exact);
  if (only === undefined) return fail(unknownId(said, noun));
  return found.length === 1 ? ok(only) : fail(ambiguous(said, noun, found));
}

function unknownId(said: string, { noun, list }: Noun): Failure {
  return {
    code: "not_found",
    message: `There is no ${noun} ${said}.`,
    cause: "No id in this store is that or begins with it.",
    hint: `Do this: codex-loop ${list} prints the ids there are.`,
    retry: "never",
  };
}

function ambiguous(said: string, { noun }: Noun, found: readonly string[]): Failure {
  const more = found.length > SHOWN ? " …" : "";
  return {
    code: "usage",
    message: `More than one ${noun} begins with ${said}.`,
    cause: `It could be ${found.slice(0, SHOWN).join(", ")}${more}`,
    hint: "Do this: give more of the id.",
    retry: "never",
  };
}
