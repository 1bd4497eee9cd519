import type { Control, ControlScope } from "../../model/control.ts";
import type { Tx } from "../store.ts";
import { controlOf } from "./control-row.ts";
import { tellControl } from "./tell-control.ts";

/** Lets work of this scope go on; returns what was in force, `null` when nothing was. Other scopes stay as they are. */
export async function liftControl(tx: Tx, scope: ControlScope): Promise<Control | null> {
  const row = await tx.db.deleteFrom("controls").where("scope", "=", scope).returningAll().executeTakeFirst();
  if (row === undefined) return null;
  await tellControl(tx, scope, null);
  return controlOf(row);
}
