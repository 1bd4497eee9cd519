import type { Cap, CapScope } from "../../model/cap.ts";
import type { Reader } from "../store.ts";
import { capOf } from "./cap-row.ts";

/** Scopes asked for in one statement. */
const SCOPES_AT_ONCE = 500;

/** The caps of these scopes by scope and unit; a scope that nothing has touched yet has none. */
export async function listCaps(reader: Reader, scopes: readonly CapScope[]): Promise<readonly Cap[]> {
  const caps: Cap[] = [];
  for (let at = 0; at < scopes.length; at += SCOPES_AT_ONCE) {
    const rows = await reader.db
      .selectFrom("caps")
      .selectAll()
      .where("scope", "in", scopes.slice(at, at + SCOPES_AT_ONCE))
      .orderBy("scope")
      .orderBy("unit")
      .execute();
    caps.push(...rows.map(capOf));
  }
  return caps;
}
