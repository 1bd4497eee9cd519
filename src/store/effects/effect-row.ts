import type { Selectable } from "kysely";
import { parseJson } from "../../kit/json.ts";
import { EFFECT_STATUSES, type Effect, type Want } from "../../model/effect.ts";
import { idOf } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { EffectsTable } from "../schema.ts";

export function effectOf(row: Selectable<EffectsTable>): Effect {
  const status = EFFECT_STATUSES.find((known) => known === row.status);
  if (status === undefined) throw new Error(`Effect ${row.id} has the unknown status ${row.status}.`);
  return {
    id: idOf.effect(row.id),
    // Only `wantEffect` writes wants and times.
    want: parseJson(row.want) as Want,
    status,
    actor: row.actor,
    wantedAt: row.wanted_at as Instant,
    observedAt: row.observed_at as Instant | null,
    simulated: row.simulated === 1,
  };
}
