import type { Idea, IdeaState } from "../../model/idea.ts";
import type { Reader } from "../store.ts";
import { ideaOf } from "./idea-row.ts";

/** The latest ideas first, of some states or of all. */
export async function listIdeas(
  reader: Reader,
  filter: { readonly states?: readonly IdeaState[]; readonly limit: number },
): Promise<readonly Idea[]> {
  const { states } = filter;
  const rows = await reader.db
    .selectFrom("ideas")
    .selectAll()
    .$if(states !== undefined, (query) => query.where("state", "in", states ?? []))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit)
    .execute();
  return rows.map(ideaOf);
}
