import type { Reader } from "./store.ts";

/** Tables whose ids people type. */
type Named = "sessions" | "ideas" | "tasks" | "attempts" | "approvals";

export interface IdsWish {
  /** The start of an id, or its last eight characters as short lines show them. */
  readonly start: string;
  readonly limit: number;
}

/** Ids that begin so, or end so. A range and a plain tail, no pattern of the person's: wildcards mean themselves. */
export async function idsMeant(reader: Reader, table: Named, { start, limit }: IdsWish): Promise<readonly string[]> {
  const rows = await reader.db
    .selectFrom(table)
    .select("id")
    .where((eb) => {
      const begins = eb.and([eb("id", ">=", start), eb("id", "<", `${start}\u{10FFFF}`)]);
      return /^[0-9a-f]{8}$/.test(start) ? eb.or([begins, eb("id", "like", `%${start}`)]) : begins;
    })
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
