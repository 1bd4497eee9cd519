import type { IdeaState } from "../../../src/model/idea.ts";
import type { IdeaDetail } from "../../../src/views/shapes/idea.ts";

/** The way of an idea where nothing goes wrong. Stations may be passed by, and stages that are not built yet are left out. */
const WAY: readonly IdeaState[] = ["registered", "plan_ready", "running_tasks", "integration", "completed"];

/** Where states beside the way leave an idea on it. */
const BETWEEN: Partial<Record<IdeaState, IdeaState>> = {
  planning: "registered",
  awaiting_dependencies: "plan_ready",
  qa_review: "running_tasks",
  deployment: "integration",
  monitoring: "integration",
};

/** Each station with whether the idea has come that far; an idea beside the way keeps what it had reached. */
export function ideaStations(
  idea: Pick<IdeaDetail, "state" | "state_before" | "plan" | "attempts" | "changes">,
): readonly { readonly name: IdeaState; readonly reached: boolean }[] {
  const known = placeOf(idea.state) ?? placeOf(idea.state_before) ?? 0;
  const proven = idea.changes.length > 0 || idea.attempts.length > 0 ? 2 : idea.plan === null ? 0 : 1;
  const far = Math.max(known, proven);
  return WAY.map((name, index) => ({ name, reached: index <= far }));
}

function placeOf(state: IdeaState | null): number | null {
  if (state === null) return null;
  const at = WAY.indexOf(BETWEEN[state] ?? state);
  return at === -1 ? null : at;
}
