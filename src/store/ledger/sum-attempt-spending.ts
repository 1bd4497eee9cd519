import { idOf, type AttemptId } from "../../model/ids.ts";
import { microDollarsOf, type MicroDollars } from "../../model/money.ts";
import { PROVENANCES, weakest, type Provenance } from "../../model/provenance.ts";
import type { Reader } from "../store.ts";

/** What the model requests of one attempt came to, as far as it is known. */
export interface AttemptSpending {
  readonly attemptId: AttemptId;
  /** Settled answers. */
  readonly responses: number;
  readonly tokens: number;
  readonly usd: MicroDollars;
  /** Answers whose tokens, or whose price, nobody knows: the sums are then the least it can be. */
  readonly uncounted: number;
  readonly unpriced: number;
  readonly provenance: Provenance;
}

/** Ids asked for in one statement. */
const IDS_AT_ONCE = 500;

/** By attempt; one without a settled request is not in it. */
export async function sumAttemptSpending(
  reader: Reader,
  ids: readonly AttemptId[],
): Promise<ReadonlyMap<AttemptId, AttemptSpending>> {
  const sums: AttemptSpending[] = [];
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE)
    sums.push(...(await sumsOf(reader, ids.slice(at, at + IDS_AT_ONCE))));
  return new Map(sums.map((spent) => [spent.attemptId, spent]));
}

async function sumsOf(reader: Reader, ids: readonly AttemptId[]): Promise<readonly AttemptSpending[]> {
  const rows = await reader.db
    .selectFrom("ledger")
    .select(["attempt_id", "provenance"])
    .select(({ fn }) => [
      fn.countAll<number>().as("responses"),
      fn.count<number>("total").as("counted"),
      fn.count<number>("usd").as("priced"),
      fn.sum<number | null>("total").as("tokens"),
      fn.sum<number | null>("usd").as("usd"),
    ])
    .where("attempt_id", "in", ids)
    .where("kind", "=", "request")
    .where("state", "=", "settled")
    .groupBy(["attempt_id", "provenance"])
    .execute();
  return [...Map.groupBy(rows, (row) => row.attempt_id)].map(([id, parts]) => ({
    attemptId: idOf.attempt(id),
    responses: total(parts.map((row) => row.responses)),
    tokens: total(parts.map((row) => row.tokens ?? 0)),
    usd: microDollarsOf(total(parts.map((row) => row.usd ?? 0))),
    uncounted: total(parts.map((row) => row.responses - row.counted)),
    unpriced: total(parts.map((row) => row.responses - row.priced)),
    provenance: weakest(parts.map((row) => provenanceOf(row.provenance))),
  }));
}

function total(parts: readonly number[]): number {
  return parts.reduce((all, part) => all + part, 0);
}

function provenanceOf(text: string): Provenance {
  return PROVENANCES.find((word) => word === text) ?? "estimated";
}
