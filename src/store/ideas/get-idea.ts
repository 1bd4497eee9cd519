import type { Idea } from "../../model/idea.ts";
import type { IdeaId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { ideaOf } from "./idea-row.ts";

/** `null` when there is no such idea. */
export async function getIdea(reader: Reader, id: IdeaId): Promise<Idea | null> {
  const row = await reader.db.selectFrom("ideas").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : ideaOf(row);
}
