import type { Redacted } from "../../model/redacted.ts";
import type { UnreadableLine } from "../../model/trace.ts";
import type { Reader } from "../store.ts";

/** Lines that could not be read, in the order of file and place. */
export async function listUnreadableLines(
  reader: Reader,
  options: { readonly limit?: number } = {},
): Promise<readonly UnreadableLine[]> {
  let query = reader.db.selectFrom("unreadable_lines").selectAll().orderBy("path").orderBy("offset");
  if (options.limit !== undefined) query = query.limit(options.limit);
  // `putUnreadableLines` takes redacted paths only.
  return (await query.execute()).map((row) => ({ ...row, path: row.path as Redacted, reason: row.reason as Redacted }));
}
