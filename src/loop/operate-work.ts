/** What a person does to everything, a repository or an idea: hold it back, end it, let it go on. */
import { ok, type Result } from "../kit/result.ts";
import { controlScopeOf, type ControlScope, type ControlWord } from "../model/control.ts";
import type { Failure } from "../model/failure.ts";
import type { Redacted } from "../model/redacted.ts";
import type { StopWish } from "../model/attempt.ts";
import { holdWork, type Held } from "../store/controls/hold-work.ts";
import { liftControl } from "../store/controls/lift-control.ts";
import { listControls } from "../store/controls/list-controls.ts";
import type { Tx } from "../store/store.ts";
import { controlRow } from "../views/controls.ts";
import { findIdea } from "../views/find-id.ts";
import type { ResumeRow } from "../views/shapes/control.ts";

/** Whose work is meant; neither: everything. */
export interface WorkMeant {
  /** As ideas name it: an absolute folder, or OWNER/NAME. */
  readonly repository: string | null;
  /** The start of an id is enough where only one begins so. */
  readonly idea: string | null;
}

export interface HoldWish {
  readonly of: WorkMeant;
  readonly word: ControlWord;
  /** What becomes of attempts that run; `null`: they go on to their end. */
  readonly running: StopWish | null;
  readonly reason: Redacted;
}

/** Holds new starts back until somebody resumes; with `running`, ends what runs. What is queued stays queued. */
export async function holdBack(tx: Tx, { of, ...wish }: HoldWish): Promise<Result<Held, Failure>> {
  const scope = await scopeMeant(tx, of);
  return scope.ok ? ok(await holdWork(tx, { scope: scope.value, ...wish })) : scope;
}

/** Lifts what was set for exactly this scope; dispatch gives back what the kill switch had parked. */
export async function letGoOn(tx: Tx, of: WorkMeant): Promise<Result<ResumeRow, Failure>> {
  const scope = await scopeMeant(tx, of);
  if (!scope.ok) return scope;
  const lifted = await liftControl(tx, scope.value);
  const remaining = (await listControls(tx)).map(controlRow);
  return ok({ scope: scope.value, lifted: lifted?.word ?? null, remaining });
}

async function scopeMeant(tx: Tx, { repository, idea }: WorkMeant): Promise<Result<ControlScope, Failure>> {
  if (idea === null) return ok(repository === null ? controlScopeOf.all : controlScopeOf.repository(repository));
  const found = await findIdea(tx, idea);
  return found.ok ? ok(controlScopeOf.idea(found.value)) : found;
}
