import { clip } from "../../kit/text.ts";
import type { AttemptCaps } from "../../model/cap.ts";
import type { Idea } from "../../model/idea.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Order } from "../../model/order.ts";
import type { Profile } from "../../model/profile.ts";
import type { RoleCard } from "../../model/role-card.ts";
import type { Task } from "../../model/task.ts";

export interface OrderFacts {
  readonly attemptId: AttemptId;
  readonly idea: Idea;
  readonly task: Task;
  readonly card: RoleCard;
  readonly profile: Profile;
  readonly protectedPaths: readonly string[];
  readonly caps: AttemptCaps;
  readonly model: string | null;
  readonly base: string;
}

const SUBJECT_LENGTH = 72;
const SLUG_LENGTH = 40;

/** The complete order of an attempt at a task. */
export function orderOf({ attemptId, idea, task, card, profile, ...given }: OrderFacts): Order {
  const { protectedPaths, caps, model, base } = given;
  return {
    attemptId,
    ideaId: idea.id,
    taskId: task.id,
    role: card.role,
    agent: idea.agent,
    model: idea.agent === "scripted" ? null : model,
    repository: idea.repository,
    base,
    targetBranch: idea.targetBranch,
    branch: branchOf(task.title, attemptId),
    instructions: instructionsOf(card, profile),
    brief: task.brief,
    setup: profile.setup,
    acceptance: profile.acceptance,
    allowedPaths: profile.allowedPaths,
    protectedPaths,
    outputs: card.outputs,
    caps,
    script: idea.script,
    trailers: [
      ["Codex-Loop-Idea", idea.id],
      ["Codex-Loop-Task", task.id],
      ["Codex-Loop-Attempt", attemptId],
    ],
    subject: clip(oneLine(task.title), SUBJECT_LENGTH),
  };
}

function instructionsOf({ instructions }: RoleCard, { scope }: Profile): string {
  return scope === null ? instructions : `${instructions.trimEnd()}\n\nWhat belongs to this repository\n${scope}\n`;
}

/** A name for people, ended by the attempt's own letters: no two attempts share a branch. */
function branchOf(title: string, attemptId: AttemptId): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const slug = words.join("-").slice(0, SLUG_LENGTH).replace(/-$/, "");
  return `codex-loop/${[slug, attemptId.slice(-12)].filter((part) => part !== "").join("-")}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
