import { instantOf, msOf, type Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";

const HOUR_MS = 3_600_000;
/** Hours nearer than this are counted in one go: counting the quiet ones between costs less than another statement. */
const BRIDGED_MS = 24 * HOUR_MS;

/** Counts the calls of every hour that one of `moments` lies in anew, so counting an hour twice changes nothing. */
export async function addHourlyCalls(tx: Tx, moments: readonly Instant[]): Promise<void> {
  for (const { from, to } of spansOf(moments)) await countSpan(tx, instantOf(from), instantOf(to));
}

interface Span {
  /** Start of the first hour and end of the last, in milliseconds. */
  readonly from: number;
  readonly to: number;
}

function spansOf(moments: readonly Instant[]): readonly Span[] {
  const spans: Span[] = [];
  const hours = new Set(moments.map((moment) => Math.floor(msOf(moment) / HOUR_MS) * HOUR_MS));
  for (const hour of [...hours].toSorted((left, right) => left - right)) {
    const last = spans.at(-1);
    const to = hour + HOUR_MS;
    if (last !== undefined && hour - last.to <= BRIDGED_MS) spans[spans.length - 1] = { from: last.from, to };
    else spans.push({ from: hour, to });
  }
  return spans;
}

async function countSpan(tx: Tx, from: Instant, to: Instant): Promise<void> {
  await tx.db.deleteFrom("tool_calls_hourly").where("hour", ">=", from).where("hour", "<", to).execute();
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
