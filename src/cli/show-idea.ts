import type { Store } from "../store/store.ts";
import type { IdeaDetail } from "../views/shapes/idea.ts";
import type { Context } from "./context.ts";

/** Prints one idea as it stands; `exit` says how that is to be taken. */
export async function showIdea(
  context: Context,
  store: Store,
  id: string,
  exit: (idea: IdeaDetail) => number = () => 0,
): Promise<number> {
  const { ideaDetail } = await import("../views/idea.ts");
  const { renderIdea } = await import("./render-ideas.ts");
  const idea = await store.read((reader) => ideaDetail(reader, { id, now: context.clock.now() }));
  if (!idea.ok) return context.output.fail(idea.failure);
  context.output.answer(idea.value, () => renderIdea(idea.value, context.output));
  return exit(idea.value);
}
