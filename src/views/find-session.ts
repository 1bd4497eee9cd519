import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { idOf, type SessionId } from "../model/ids.ts";
import { findSessionIds } from "../store/sessions/find-session-ids.ts";
import type { Reader } from "../store/store.ts";

/** The session a person means: by its whole id, or by the start of it where only one session begins so. */
export async function findSession(reader: Reader, said: string): Promise<Result<SessionId, Failure>> {
  const found = await findSessionIds(reader, { start: said, limit: 2 });
  const exact = found.find((id) => id === idOf.session(said));
  const [first, second] = found;
  if (exact !== undefined) return ok(exact);
  if (first === undefined || said === "") return fail(unknownSession(said));
  return second === undefined ? ok(first) : fail(ambiguous(said));
}

function unknownSession(id: string): Failure {
  return {
    code: "not_found",
    message: `There is no session ${id}.`,
    cause: "No recording of that thread was read into this store.",
    hint: "Do this: codex-loop sessions list, or codex-loop ingest to read new recordings.",
    retry: "never",
  };
}

function ambiguous(start: string): Failure {
  return {
    code: "usage",
    message: `More than one session begins with ${start}.`,
    cause: "The start of an id is enough only when it is the start of one.",
    hint: "Do this: give more of the id; codex-loop sessions list prints them whole.",
    retry: "never",
  };
}
