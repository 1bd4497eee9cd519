import type { Control } from "../../model/control.ts";
import type { Reader } from "../store.ts";
import { controlOf } from "./control-row.ts";

/** Everything that is paused or stopped, `all` first. */
export async function listControls(reader: Reader): Promise<readonly Control[]> {
  const rows = await reader.db.selectFrom("controls").selectAll().orderBy("scope").execute();
  return rows.map(controlOf);
}
