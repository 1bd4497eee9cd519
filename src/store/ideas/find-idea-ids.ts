import { idOf, type IdeaId } from "../../model/ids.ts";
import { idsMeant, type IdsWish } from "../ids-meant.ts";
import type { Reader } from "../store.ts";

/** What a person may mean by a part of an id. */
export async function findIdeaIds(reader: Reader, wish: IdsWish): Promise<readonly IdeaId[]> {
  return (await idsMeant(reader, "ideas", wish)).map(idOf.idea);
}
