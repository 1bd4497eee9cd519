/** What a person does when a cap was right to hold and the work is worth more: adds to it, within bounds. */
import { fail, ok, type Result } from "../kit/result.ts";
import { capScopeOf, parseCapScope, type Cap, type CapScope, type CapUnit } from "../model/cap.ts";
import { type Failure, FailureError } from "../model/failure.ts";
import { extendCap } from "../store/caps/extend-cap.ts";
import type { Reader, Store } from "../store/store.ts";
import { findIdea, findTask } from "../views/find-id.ts";

export interface BudgetWish {
  /** A scope, or an idea or a task, also by the start of its id. */
  readonly what: string;
  /** Whole numbers of the unit; money in micro-dollars. */
  readonly by: readonly { readonly unit: CapUnit; readonly amount: number }[];
}

/** Extends all the caps asked for, or none of them. */
export async function extendBudget(store: Store, { what, by }: BudgetWish): Promise<Result<readonly Cap[], Failure>> {
  try {
    return await store.write({ actor: "operator" }, async (tx) => {
      const scope = must(await scopeMeant(tx, what));
      const caps: Cap[] = [];
      for (const { unit, amount } of by) caps.push(must(await extendCap(tx, { scope, unit, by: amount })));
      return ok(caps);
    });
  } catch (error) {
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}

/** The scope that a person names; ideas come before tasks. */
export async function scopeMeant(reader: Reader, what: string): Promise<Result<CapScope, Failure>> {
  const scope = parseCapScope(what);
  if (scope !== null) return ok(scope);
  const idea = await findIdea(reader, what);
  if (idea.ok) return ok(capScopeOf.idea(idea.value));
  const task = await findTask(reader, what);
  if (task.ok) return ok(capScopeOf.task(task.value));
  return fail(task.failure.code === "usage" ? task.failure : idea.failure);
}

/** Thrown, so that what was extended before in the same transaction is taken back. */
function must<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}
