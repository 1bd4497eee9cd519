import type { FrictionCost } from "../../../model/friction-cost.ts";
import { microDollarsOf, type MicroDollars } from "../../../model/money.ts";
import type { Signal } from "../../../model/signal.ts";
import { msOf, type Instant } from "../../../model/time.ts";
import type { SessionTrace, TokenUsage } from "../../../model/trace.ts";
import type { PriceOf } from "../../../policy/prices/price-of.ts";
import { byPlace, type Stretch } from "./stretch.ts";
import { stretchesOf } from "./stretches-of.ts";
import { workingTime } from "./working-time.ts";

export interface FrictionPrice {
  /** One row per piece of friction that has a stretch, in thread order; also those that cost nothing more. */
  readonly rows: readonly FrictionCost[];
  /** Responses inside stretches whose tokens are estimated or simulated: not charged. */
  readonly leftOut: number;
}

/**
 * The price of friction of one session, from measured usage only. A response that several stretches could pay for is
 * charged once, to the one that began first, and so is every moment: rows add up to what was really spent.
 */
export function priceFriction(trace: SessionTrace, signals: readonly Signal[], priceOf: PriceOf): FrictionPrice {
  const stretches = stretchesOf(trace, signals).toSorted(byStart);
  const usage = trace.usage.map((row): PlacedUsage => ({ row, seq: trace.seqOf(row), at: row.at })).toSorted(byPlace);
  const worked = workingTime(trace);
  const charged: Charged = { ms: Number.NEGATIVE_INFINITY, next: 0 };
  let leftOut = 0;
  const rows = stretches.map((stretch) => {
    const covered = takeResponses(usage, stretch, charged);
    const measured = covered.filter((row) => row.provenance === "measured");
    leftOut += covered.length - measured.length;
    return costOf(stretch, measured, { priceOf, durationMs: worked(takeTime(stretch, charged)) });
  });
  return { rows, leftOut };
}

interface PlacedUsage {
  readonly row: TokenUsage;
  readonly seq: number;
  readonly at: Instant | null;
}

/**
 * How far charging has come. Stretches are taken in the order they begin, so what lies after the present start and before
 * the furthest end so far is already paid for by an earlier one: no response and no moment is looked at twice.
 */
interface Charged {
  /** Milliseconds since the epoch. */
  ms: number;
  /** Index of the first response not yet passed. */
  next: number;
}

function takeResponses(usage: readonly PlacedUsage[], { from, to }: Stretch, charged: Charged): readonly TokenUsage[] {
  charged.next = firstAfter(usage, from.seq, charged.next);
  const first = charged.next;
  charged.next = firstAfter(usage, to.seq, first);
  return usage.slice(first, charged.next).map(({ row }) => row);
}

/** Index of the first response after a line, at or after `start`. */
function firstAfter(usage: readonly PlacedUsage[], seq: number, start: number): number {
  let index = start;
  while ((usage[index]?.seq ?? Number.POSITIVE_INFINITY) <= seq) index += 1;
  return index;
}

function takeTime({ from, to }: Stretch, charged: Charged): { from: number; to: number } {
  if (from.at === null || to.at === null) return { from: 0, to: 0 };
  const start = Math.max(msOf(from.at), charged.ms);
  charged.ms = Math.max(charged.ms, msOf(to.at));
  return { from: start, to: Math.max(start, msOf(to.at)) };
}

interface Costing {
  readonly priceOf: PriceOf;
  readonly durationMs: number;
}

function costOf(stretch: Stretch, responses: readonly TokenUsage[], { priceOf, durationMs }: Costing): FrictionCost {
  const prices = responses.map((row) => priceOf(row.model, row, row.at));
  return {
    signalId: stretch.signal.id,
    sessionId: stretch.signal.sessionId,
    category: stretch.signal.category,
    family: stretch.family,
    endedBy: stretch.endedBy,
    tokens: responses.reduce((sum, row) => sum + row.total, 0),
    durationMs,
    microDollars: sumOrUnknown(prices),
    responses: responses.length,
    fromLine: stretch.from.seq,
    toLine: stretch.to.seq,
  };
}

/** One unknown price makes the sum unknown, never smaller. */
function sumOrUnknown(prices: readonly (MicroDollars | null)[]): MicroDollars | null {
  const known = prices.filter((price) => price !== null);
  return known.length < prices.length ? null : microDollarsOf(known.reduce((sum, price) => sum + price, 0));
}

/** Equal starts are ordered by id, so that the same trace always charges the same rows. */
function byStart(left: Stretch, right: Stretch): number {
  const order = byPlace(left.from, right.from);
  if (order !== 0) return order;
  return left.signal.id < right.signal.id ? -1 : 1;
}
