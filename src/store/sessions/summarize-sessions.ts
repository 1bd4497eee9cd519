import type { SessionOutcome } from "../../model/outcome.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { TokenTotal } from "../../model/tokens.ts";
import type { Session } from "../../model/trace.ts";
import type { Reader } from "../store.ts";
import { tokenSums, totalOf } from "../usage/token-sums.ts";
import type { ChosenSessions } from "./chosen-sessions.ts";
import { lastOutcomes } from "./last-outcomes.ts";
import { sessionOutcome } from "./session-outcome.ts";
import { sessionOf } from "./session-row.ts";

/** A session with its counts. `tokens` is `null` where the recordings hold none. */
export interface SessionSummary {
  readonly session: Session;
  readonly outcome: SessionOutcome;
  readonly turns: number;
  readonly calls: number;
  readonly tokens: TokenTotal | null;
  readonly friction: number;
  readonly delight: number;
  /** The first thing the person asked for, at most 300 characters of it. */
  readonly title: Redacted | null;
}

const TITLE_LENGTH = 300;

/** Summaries of the chosen sessions: one query per column group, however many sessions they are. */
export async function summarizeSessions(
  reader: Reader,
  chosen: ChosenSessions,
  options: { readonly now: Instant },
): Promise<readonly SessionSummary[]> {
  const rows = await chosen.selectAll("sessions").execute();
  const [tokens, turns, calls] = [
    await tokensOf(reader, chosen),
    await countsOf(reader, chosen, "turns"),
    await countsOf(reader, chosen, "tool_calls"),
  ];
  const [signals, titles, outcomes] = [
    await signalsOf(reader, chosen),
    await titlesOf(reader, chosen),
    await lastOutcomes(reader, chosen),
  ];
  return rows.map((row) => {
    const session = sessionOf(row);
    return {
      session,
      outcome: sessionOutcome(outcomes.get(row.id) ?? null, { lastAt: session.lastAt, now: options.now }),
      turns: turns.get(row.id) ?? 0,
      calls: calls.get(row.id) ?? 0,
      tokens: tokens.get(row.id) ?? null,
      friction: signals.get(`${row.id} friction`) ?? 0,
      delight: signals.get(`${row.id} delight`) ?? 0,
      title: titles.get(row.id) ?? null,
    };
  });
}

async function tokensOf(reader: Reader, chosen: ChosenSessions): Promise<ReadonlyMap<string, TokenTotal>> {
  const sums = await reader.db
    .selectFrom("token_usage")
    .select((eb) => ["session_id", ...tokenSums(eb)])
    .where("session_id", "in", chosen.select("sessions.id"))
    .groupBy("session_id")
    .execute();
  return new Map(sums.map((row) => [row.session_id, totalOf(row)]));
}

async function countsOf(
  reader: Reader,
  chosen: ChosenSessions,
  table: "turns" | "tool_calls",
): Promise<ReadonlyMap<string, number>> {
  const counts = await reader.db
    .selectFrom(table)
    .select((eb) => ["session_id", eb.fn.countAll<number>().as("count")])
    .where("session_id", "in", chosen.select("sessions.id"))
    .groupBy("session_id")
    .execute();
  return new Map(counts.map((row) => [row.session_id, row.count]));
}

async function signalsOf(reader: Reader, chosen: ChosenSessions): Promise<ReadonlyMap<string, number>> {
  const counts = await reader.db
    .selectFrom("signals")
    .select((eb) => ["session_id", "type", eb.fn.countAll<number>().as("count")])
    .where("session_id", "in", chosen.select("sessions.id"))
    .groupBy(["session_id", "type"])
    .execute();
  return new Map(counts.map((row) => [`${row.session_id} ${row.type}`, row.count]));
}

async function titlesOf(reader: Reader, chosen: ChosenSessions): Promise<ReadonlyMap<string, Redacted>> {
  const asked = reader.db
    .selectFrom("messages")
    .innerJoin("segments", (join) =>
      join.onRef("segments.session_id", "=", "messages.session_id").onRef("segments.name", "=", "messages.segment"),
    )
    .select((eb) => [
      "messages.session_id",
      eb.fn<string>("substr", ["messages.text", eb.lit(1), eb.lit(TITLE_LENGTH)]).as("text"),
      eb.fn
        .agg<number>("row_number")
        .over((over) =>
          over
            .partitionBy("messages.session_id")
            .orderBy("segments.first_ordinal")
            .orderBy("messages.segment")
            .orderBy("messages.offset")
            .orderBy("messages.item"),
        )
        .as("place"),
    ])
    .where("messages.role", "=", "user")
    .where("messages.session_id", "in", chosen.select("sessions.id"));
  const first = await reader.db
    .selectFrom(asked.as("asked"))
    .select(["session_id", "text"])
    .where("place", "=", 1)
    .execute();
  // Cut from redacted text, which stays redacted.
  return new Map(first.map((row) => [row.session_id, row.text as Redacted]));
}
