import type { ReactElement } from "react";
import type { IdeaDetail } from "../../../src/views/shapes/idea.ts";
import { OperatorActs } from "../parts/operator-act.tsx";

const ENDED: ReadonlySet<IdeaDetail["state"]> = new Set(["completed", "cancelled", "failed"]);
/** Only a person lifts these. */
const HELD: ReadonlySet<IdeaDetail["state"]> = new Set(["paused", "blocked"]);

/** Pause, resume and cancel; nothing for an idea that has ended. */
export function IdeaActs({ idea }: { readonly idea: IdeaDetail }): ReactElement | null {
  if (ENDED.has(idea.state)) return null;
  const path = `api/ideas/${encodeURIComponent(idea.id)}`;
  const go = HELD.has(idea.state)
    ? { name: "Resume", path: `${path}/resume` }
    : { name: "Pause", path: `${path}/pause` };
  return (
    <OperatorActs
      command={["idea", HELD.has(idea.state) ? "resume" : "pause", idea.id]}
      acts={[go, { name: "Cancel", path: `${path}/cancel`, isGrave: true }]}
    />
  );
}
