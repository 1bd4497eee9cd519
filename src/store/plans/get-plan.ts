import { idOf, type IdeaId } from "../../model/ids.ts";
import type { Plan } from "../../model/plan.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** How an idea is cut into tasks; `null` while it has no plan. */
export async function getPlan(reader: Reader, ideaId: IdeaId): Promise<Plan | null> {
  const row = await reader.db.selectFrom("plans").selectAll().where("idea_id", "=", ideaId).executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: idOf.plan(row.id),
    ideaId,
    source: row.source === "planner" ? "planner" : "spec",
    hash: row.hash,
    // Only `putPlan` writes the column.
    createdAt: row.created_at as Instant,
  };
}
