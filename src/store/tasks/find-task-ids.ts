import { idOf, type TaskId } from "../../model/ids.ts";
import { idsMeant, type IdsWish } from "../ids-meant.ts";
import type { Reader } from "../store.ts";

/** What a person may mean by a part of an id. */
export async function findTaskIds(reader: Reader, wish: IdsWish): Promise<readonly TaskId[]> {
  return (await idsMeant(reader, "tasks", wish)).map(idOf.task);
}
