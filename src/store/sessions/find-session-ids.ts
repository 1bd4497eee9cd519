import { idOf, type SessionId } from "../../model/ids.ts";
import { idsMeant, type IdsWish } from "../ids-meant.ts";
import type { Reader } from "../store.ts";

/** What a person may mean by a part of an id. */
export async function findSessionIds(reader: Reader, wish: IdsWish): Promise<readonly SessionId[]> {
  return (await idsMeant(reader, "sessions", wish)).map(idOf.session);
}
