import type { Insertable } from "kysely";
import type { FrictionCost } from "../../model/friction-cost.ts";
import type { SessionId } from "../../model/ids.ts";
import { putRows } from "../put-rows.ts";
import type { FrictionCostsTable } from "../schema.ts";
import type { Tx } from "../store.ts";

export interface CostsOfSessions {
  /** The sessions that were priced; what they had before goes. */
  readonly sessions: readonly SessionId[];
  readonly costs: readonly FrictionCost[];
}

/** Puts the costs of some sessions in the place of those they had. */
export async function putFrictionCosts(tx: Tx, { sessions, costs }: CostsOfSessions): Promise<void> {
  await tx.db
    .deleteFrom("friction_costs")
    .where("session_id", "in", [...sessions])
    .execute();
  await putRows(tx, "friction_costs", { rows: costs.map(costRow), key: ["signal_id"], then: "update" });
}

function costRow(cost: FrictionCost): Insertable<FrictionCostsTable> {
  return {
    signal_id: cost.signalId,
    session_id: cost.sessionId,
    category: cost.category,
    family: cost.family,
    ended_by: cost.endedBy,
    tokens: cost.tokens,
    duration_ms: cost.durationMs,
    micro_dollars: cost.microDollars,
    responses: cost.responses,
    from_line: cost.fromLine,
    to_line: cost.toLine,
  };
}
