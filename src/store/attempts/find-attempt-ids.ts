import { idOf, type AttemptId } from "../../model/ids.ts";
import { idsMeant, type IdsWish } from "../ids-meant.ts";
import type { Reader } from "../store.ts";

/** What a person may mean by a part of an id. */
export async function findAttemptIds(reader: Reader, wish: IdsWish): Promise<readonly AttemptId[]> {
  return (await idsMeant(reader, "attempts", wish)).map(idOf.attempt);
}
