/**
 * Tokens and money straight from the recordings: every rollout is scanned for token lines only, each model response is
 * counted once over all files (forks and sub-agents repeat their parent's), and rows are priced by model and day.
 */
import { tokenLineFilter } from "../formats/rollout/token-line-filter.ts";
import { rolloutTokenReader } from "../formats/rollout/rollout-reader.ts";
import {
  countTokens,
  newTokenCounter,
  type CountedTokens,
  type TokenCounterState,
} from "../formats/rollout/token-counter.ts";
import type { RawLine } from "../formats/record.ts";
import type { Clock } from "../kit/clock.ts";
import { pacer } from "../kit/pacer.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { dollarsOf, microDollarsOf, type MicroDollars } from "../model/money.ts";
import { weakest, type Provenance } from "../model/provenance.ts";
import { dayOf } from "../model/time.ts";
import { addTokens, NO_TOKENS, type TokenCounts } from "../model/tokens.ts";
import { RecordingGone, type RecordingFile, type Recordings } from "../ports/recordings.ts";
import type { UsageKey, UsageReport, UsageRow } from "./shapes/usage.ts";
import { usageTotals } from "./usage-totals.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";

export interface UsageWorld {
  readonly recordings: Recordings;
  readonly paths: readonly string[];
  readonly priceOf: PriceOf;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, totalBytes: number) => void;
}

export interface UsageQuery {
  readonly by: UsageKey;
  /** A UTC day, `2026-11-01`; responses before it, or without a time, are left out. */
  readonly since: string | null;
}

export async function usageReport(query: UsageQuery, world: UsageWorld): Promise<Result<UsageReport, Failure>> {
  const listing = await world.recordings.list({ paths: world.paths, endings: [".jsonl", ".jsonl.zst"] });
  if (!listing.ok) return listing;
  const rollouts = listing.value.files.filter((file) => file.name.startsWith("rollout-"));
  const total = rollouts.reduce((sum, file) => sum + file.size, 0);
  const books = newBooks();
  const breathe = pacer(world.clock);
  let done = 0;
  for (const file of rollouts) {
    await breathe();
    if (world.signal.aborted) return fail(INTERRUPTED);
    await countFile(file, { books, world, query });
    world.progress((done += file.size), total);
  }
  return ok(reportOf(books, query, listing.value.problems.length));
}

interface Sum {
  tokens: TokenCounts;
  cost: MicroDollars | null;
  provenance: Provenance;
  responses: number;
}

interface Books {
  readonly seen: Set<string>;
  readonly sums: Map<string, Sum>;
  readonly unpriced: Set<string>;
  silent: number;
  unreadable: number;
}

function newBooks(): Books {
  return { seen: new Set(), sums: new Map(), unpriced: new Set(), silent: 0, unreadable: 0 };
}

interface Counting {
  readonly books: Books;
  readonly world: UsageWorld;
  readonly query: UsageQuery;
}

async function countFile(file: RecordingFile, counting: Counting): Promise<void> {
  const { books, world } = counting;
  const scan: Scan = { counter: newTokenCounter(), model: null, counted: 0 };
  try {
    for await (const lines of world.recordings.pick(file, tokenLineFilter())) {
      for (const line of lines) countLine(line, scan, counting);
    }
  } catch (error) {
    if (!(error instanceof RecordingGone)) throw error;
    books.unreadable += 1;
  }
  if (scan.counted === 0 && scan.counter.total === null && !scan.counter.hasRecords) books.silent += 1;
}

/** How far one file has been counted. */
interface Scan {
  counter: TokenCounterState;
  model: string | null;
  counted: number;
}

function countLine(line: RawLine, scan: Scan, counting: Counting): void {
  for (const record of rolloutTokenReader.read(line).records) {
    if (record.kind === "context") scan.model = record.model ?? scan.model;
    if (record.kind === "unreadable") counting.books.unreadable += 1;
    const { state, rows } = countTokens(scan.counter, record);
    scan.counter = state;
    scan.counted += rows.length;
    for (const row of rows) enter(row, { ...counting, model: scan.model });
  }
}

function enter(row: CountedTokens, { books, world, query, model }: Counting & { readonly model: string | null }): void {
  const day = row.at === null ? null : dayOf(row.at);
  if (books.seen.has(row.responseId)) return;
  books.seen.add(row.responseId);
  if (query.since !== null && (day === null || day < query.since)) return;
  const cost = world.priceOf(model, row.tokens, row.at);
  if (cost === null && model !== null) books.unpriced.add(model);
  const key = keyOf(query.by, { day, session: row.threadId, model });
  const sum = books.sums.get(key);
  books.sums.set(key, added(sum, { tokens: row.tokens, cost, provenance: row.provenance, responses: 1 }));
}

function keyOf(
  by: UsageKey,
  facts: { readonly day: string | null; readonly session: string | null; readonly model: string | null },
): string {
  return facts[by] ?? "unknown";
}

function added(sum: Sum | undefined, more: Sum): Sum {
  if (sum === undefined) return more;
  const cost = sum.cost === null || more.cost === null ? null : microDollarsOf(sum.cost + more.cost);
  return {
    tokens: addTokens(sum.tokens, more.tokens),
    cost,
    provenance: weakest([sum.provenance, more.provenance]),
    responses: sum.responses + more.responses,
  };
}

function reportOf(books: Books, { by }: UsageQuery, problems: number): UsageReport {
  const entries = [...books.sums].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const nothing: Sum = { tokens: NO_TOKENS, cost: microDollarsOf(0), provenance: "measured", responses: 0 };
  const totals = entries.reduce((sum, [, more]) => added(sum, more), nothing);
  return {
    by,
    rows: entries.map(([key, sum]) => ({ key, ...rowOf(sum) })),
    totals: usageTotals(rowOf(totals), books.silent),
    unpriced_models: [...books.unpriced].toSorted(),
    sessions_without_tokens: books.silent,
    unreadable: books.unreadable + problems,
  };
}

function rowOf({ tokens, cost, provenance, responses }: Sum): Omit<UsageRow, "key"> {
  const { total, input, cachedInput: cached_input, output, reasoning } = tokens;
  return { total, input, cached_input, output, reasoning, usd: dollarsOf(cost), provenance, responses };
}

const INTERRUPTED: Failure = {
  code: "interrupted",
  message: "Counting tokens was interrupted.",
  cause: "A stop was asked for; nothing is stored by this command.",
  hint: "Do this: run it again.",
  retry: "now",
};
