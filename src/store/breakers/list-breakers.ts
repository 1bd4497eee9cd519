import type { Breaker, BreakerReach } from "../../model/breaker.ts";
import { BREAKER_WINDOW_MS } from "../../model/breaker.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import { breakerOf } from "./breaker-row.ts";

/** Breakers that hold work back, with what they reach: the repositories and agents of the failures that opened them. */
export async function listBreakers(reader: Reader): Promise<readonly BreakerReach[]> {
  const rows = await reader.db
    .selectFrom("breakers")
    .selectAll()
    .where("state", "<>", "closed")
    .orderBy("signature")
    .execute();
  const reached: BreakerReach[] = [];
  for (const row of rows) reached.push(await reachOf(reader, breakerOf(row)));
  return reached;
}

async function reachOf(reader: Reader, breaker: Breaker): Promise<BreakerReach> {
  const rows = await reader.db
    .selectFrom("attempts")
    .innerJoin("ideas", "ideas.id", "attempts.idea_id")
    .select(["ideas.repository", "attempts.agent"])
    .distinct()
    .where("attempts.signature", "=", breaker.signature)
    .where("attempts.ended_at", ">=", instantOf(msOf(breaker.openedAt) - BREAKER_WINDOW_MS))
    .execute();
  return {
    breaker,
    repositories: [...new Set(rows.map((row) => row.repository))],
    agents: [...new Set(rows.map((row) => row.agent))],
  };
}
