import { instantOf, msOf, type Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";

const HOUR_MS = 3_600_000;

/** Counts the calls of every hour that one of `moments` lies in anew, so counting an hour twice changes nothing. */
export async function addHourlyCalls(tx: Tx, moments: readonly Instant[]): Promise<void> {
  const hours = new Set(moments.map((moment) => Math.floor(msOf(moment) / HOUR_MS) * HOUR_MS));
  for (const hour of hours) await countHour(tx, instantOf(hour), instantOf(hour + HOUR_MS));
}

async function countHour(tx: Tx, from: Instant, to: Instant): Promise<void> {
  await tx.db.deleteFrom("tool_calls_hourly").where("hour", "=", from).execute();
  const hour = tx.dialect.hourOf;
  await tx.db
    .insertInto("tool_calls_hourly")
    .columns(["hour", "tool", "outcome", "calls", "duration_ms"])
    .expression((eb) =>
      eb
        .selectFrom("tool_calls")
        .select((calls) => [
          hour(calls.ref("started_at")).as("hour"),
          "tool",
          "outcome",
          calls.fn.countAll<number>().as("calls"),
          calls.fn.coalesce(calls.fn.sum<number>("duration_ms"), calls.lit(0)).as("duration_ms"),
        ])
        .where("started_at", ">=", from)
        .where("started_at", "<", to)
        .groupBy((calls) => [hour(calls.ref("started_at")), "tool", "outcome"]),
    )
    .execute();
}
