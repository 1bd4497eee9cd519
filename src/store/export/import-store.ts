import { sql } from "kysely";
import { runningSha256 } from "../../kit/hash.ts";
import { type Failure, FailureError } from "../../model/failure.ts";
import type { Tx } from "../store.ts";
import { EXPORT_VERSION } from "./export-store.ts";
import { finishFilling, startFilling, takeRow } from "./fill-tables.ts";
import { linesOf } from "./lines-of.ts";
import { parseLine, type ExportLine } from "./parse-line.ts";
import { schemaVersion } from "./schema-version.ts";
import { PLAIN_TABLES } from "./tables.ts";

/**
 * Fills an empty store from an export, all of it or nothing; returns the number of rows. `open` gives the chunks from
 * the start, once more when the transaction has to run again. Throws `FailureError`: `conflict` (the store holds rows),
 * `store_newer` (made by another schema), `store_unreadable` (cut short, changed, or no export). This one act waits for
 * a file inside its transaction: nobody else has work in an empty store.
 */
export async function importStore(tx: Tx, open: () => AsyncIterable<string>): Promise<number> {
  await refuseFilled(tx);
  await tx.db.deleteFrom("store_facts").execute();
  const filling = startFilling(tx);
  const hash = runningSha256();
  let place: "before" | "inside" | "behind" = "before";
  for await (const text of linesOf(open())) {
    const line = parseLine(text);
    if (line === null || !mayStand(line, place)) throw unreadable(`Line ${filling.rows + 2} does not belong there.`);
    if (line.kind === "end" && (line.rows !== filling.rows || line.sha256 !== hash.hex())) {
      throw unreadable("Its last line counts other rows than those that stand before it.");
    }
    if (line.kind === "header") await refuseForeign(tx, line);
    if (line.kind === "row") await takeRow(filling, line);
    if (line.kind !== "end") hash.update(`${text}\n`);
    place = line.kind === "end" ? "behind" : "inside";
  }
  if (place !== "behind") throw unreadable("It has no last line, so it was cut short.");
  await finishFilling(filling);
  return filling.rows;
}

function mayStand(line: ExportLine, place: "before" | "inside" | "behind"): boolean {
  return line.kind === "header" ? place === "before" : place === "inside";
}

async function refuseFilled(tx: Tx): Promise<void> {
  // Facts about the store itself come from the export; all else would be mixed with it.
  const tables = [...PLAIN_TABLES.filter((table) => table !== "store_facts"), "consumer_cursors", "events"];
  for (const table of tables) {
    const found = await sql`select 1 as found from ${sql.table(table)} limit 1`.execute(tx.db);
    if (found.rows.length === 0) continue;
    throw new FailureError({
      code: "conflict",
      message: "The store is not empty.",
      cause: `It holds rows in ${table}, and an import is the whole of a store.`,
      hint: "Do this: import into a new store: name one with --store, or an empty database.",
      retry: "never",
    });
  }
}

async function refuseForeign(tx: Tx, header: { readonly version: number; readonly schema: number }): Promise<void> {
  const schema = await schemaVersion(tx);
  if (header.version === EXPORT_VERSION && header.schema === schema) return;
  throw new FailureError({
    code: "store_newer",
    message: "The export was made by another version of this program.",
    cause: `It has format ${header.version} and schema ${header.schema}; this program reads format ${EXPORT_VERSION} and schema ${schema}.`,
    hint: "Do this: open the store it came from with this version once, export it again, and import that.",
    retry: "never",
  });
}

function unreadable(cause: string): FailureError {
  const failure: Failure = {
    code: "store_unreadable",
    message: "The file is not a whole export; nothing was imported.",
    cause,
    hint: "Do this: export the store again, or take another copy of the file.",
    retry: "never",
  };
  return new FailureError(failure);
}
