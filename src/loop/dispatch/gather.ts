import { capLimitsOf } from "../../config/cap-limits.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { AgentKind, Idea } from "../../model/idea.ts";
import type { TaskId } from "../../model/ids.ts";
import type { Failure } from "../../model/failure.ts";
import type { Profile } from "../../model/profile.ts";
import { instantOf } from "../../model/time.ts";
import { blockers } from "../../policy/admission.ts";
import type { AdmissionFacts } from "../../policy/admission/facts.ts";
import { storedFacts, type StoredFacts } from "../../store/admission/stored-facts.ts";
import type { Reader } from "../../store/store.ts";
import type { DispatchWorld } from "./dispatch-world.ts";

/** What is seen outside the store, once a round. */
export interface Seen {
  readonly head: string;
  readonly profile: Profile;
  readonly protectedPaths: readonly string[];
  readonly surroundings: AdmissionFacts["surroundings"];
  readonly policy: AdmissionFacts["policy"];
}

export type Sight =
  | { readonly kind: "seen"; readonly seen: Seen }
  /** The target branch cannot be read now, or the sandbox is missing: looking again may help. */
  | { readonly kind: "unseen" }
  /** The profile at the head is wrong: only a change of it helps. */
  | { readonly kind: "invalid"; readonly head: string; readonly failure: Failure };

/** The stored half of a task's admission, read in one snapshot or in the claiming transaction. */
export async function storedHalf(
  reader: Reader,
  world: Pick<DispatchWorld, "clock" | "settings">,
  taskId: TaskId,
): Promise<StoredFacts | null> {
  return await storedFacts(reader, {
    taskId,
    now: instantOf(world.clock.now()),
    limitsOf: (idea) => capLimitsOf(world.settings, idea.caps),
  });
}

const READY = { ready: true, fix: "" } as const;
const ALL_READY = { sandbox: READY, agent: READY, key: READY } as const;

/** What holds the task back by what the store knows alone: where there is something, nobody need look outside. */
export function heldByStore(world: DispatchWorld, stored: StoredFacts): readonly Blocker[] {
  const seen = { head: "", surroundings: ALL_READY, policy: null };
  return blockers(admissionOf(world, stored, { ...seen, maxParallel: Number.POSITIVE_INFINITY }));
}

interface Outside extends Pick<AdmissionFacts, "head" | "surroundings" | "policy"> {
  readonly maxParallel: number;
}

/** All facts of an admission. */
export function admissionOf(
  world: Pick<DispatchWorld, "settings">,
  stored: StoredFacts,
  outside: Outside,
): AdmissionFacts {
  const { head, surroundings, policy, maxParallel } = outside;
  const room = {
    all: { open: stored.open.all, limit: world.settings.max_parallel },
    repository: { open: stored.open.repository, limit: maxParallel },
  };
  return { ...stored, room, head, surroundings, policy };
}

/** What is needed to look outside. */
export type Eyes = Pick<DispatchWorld, "repository" | "profileAt" | "protectedAt" | "surroundings" | "judge">;

/** Looks at the repository, the surroundings and policy. */
export async function look(world: Eyes, { idea, task }: Pick<StoredFacts, "idea" | "task">): Promise<Sight> {
  const head = await world.repository.resolve(idea.repository, branchRevision(idea));
  if (!head.ok) return { kind: "unseen" };
  const profile = await world.profileAt(idea.repository, head.value);
  if (!profile.ok) {
    const isWrong = profile.failure.code === "config_invalid";
    return isWrong ? { kind: "invalid", head: head.value, failure: profile.failure } : { kind: "unseen" };
  }
  const surroundings = await world.surroundings(idea.agent);
  const policy = await world.judge({ idea, task, head: head.value });
  const protectedPaths = await world.protectedAt(idea.repository, head.value);
  return { kind: "seen", seen: { head: head.value, profile: profile.value, protectedPaths, surroundings, policy } };
}

/** A branch by its full name, so that a tag of the same name is not taken for it. */
function branchRevision({ targetBranch }: Idea): string {
  return `refs/heads/${targetBranch}`;
}

/** A world that asks about the surroundings of each agent once. */
export function lookingOnce(world: DispatchWorld): DispatchWorld {
  const known = new Map<AgentKind, Promise<AdmissionFacts["surroundings"]>>();
  const surroundings: DispatchWorld["surroundings"] = (agent) => {
    const before = known.get(agent) ?? world.surroundings(agent);
    known.set(agent, before);
    return before;
  };
  return { ...world, surroundings };
}
