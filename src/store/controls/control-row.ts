import type { Selectable } from "kysely";
import { CONTROL_WORDS, type Control, type ControlScope } from "../../model/control.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { ControlsTable } from "../control-tables.ts";

/** Only the acts of this folder write these columns; a word they never write is a damaged store and throws. */
export function controlOf(row: Selectable<ControlsTable>): Control {
  const word = CONTROL_WORDS.find((known) => known === row.word);
  if (word === undefined) throw new Error(`The control over ${row.scope} says ${row.word}, which nobody writes.`);
  return {
    scope: row.scope as ControlScope,
    word,
    reason: row.reason as Redacted,
    actor: row.actor,
    at: row.at as Instant,
  };
}
