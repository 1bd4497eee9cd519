import { ok, type Result } from "../kit/result.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Failure } from "../model/failure.ts";
import { instantOf } from "../model/time.ts";
import type { TaskState } from "../model/task.ts";
import { blockers } from "../policy/admission.ts";
import type { StoredFacts } from "../store/admission/stored-facts.ts";
import { ideaRows, taskRows, workMeant } from "../views/explain.ts";
import type { ExplainRow } from "../views/shapes/explain.ts";
import type { DispatchWorld } from "./dispatch/dispatch-world.ts";
import { admissionOf, look, storedHalf, type Eyes } from "./dispatch/gather.ts";

export type ExplainWorld = Eyes & Pick<DispatchWorld, "store" | "clock" | "settings">;

/** Why the work of this task, idea or attempt does not run, by the facts and the function that dispatch admits with. */
export async function explain(world: ExplainWorld, said: string): Promise<Result<readonly ExplainRow[], Failure>> {
  const now = instantOf(world.clock.now());
  const work = await world.store.read((reader) => workMeant(reader, { said, now }));
  if (!work.ok) return work;
  const { tasks, served } = work.value;
  if (tasks.length === 0) return ok(ideaRows(work.value));
  const rows: ExplainRow[] = [];
  for (const task of tasks) {
    const stored = await world.store.read((reader) => storedHalf(reader, world, task));
    if (stored !== null) rows.push(...taskRows(task, await reasons(world, stored), served));
  }
  return ok(rows);
}

/** States that nothing outside the store has a say in: it runs, or it has ended. */
const SETTLED: readonly TaskState[] = ["claimed", "running", "verifying", "done", "failed", "cancelled"];
const READY = { ready: true, fix: "" } as const;
const INSIDE = {
  head: "",
  surroundings: { sandbox: READY, agent: READY, key: READY },
  policy: null,
  maxParallel: Number.POSITIVE_INFINITY,
} as const;

async function reasons(world: ExplainWorld, stored: StoredFacts): Promise<readonly Blocker[]> {
  const bySight = (outside: Parameters<typeof admissionOf>[2]): readonly Blocker[] =>
    blockers(admissionOf(world, stored, outside));
  if (SETTLED.includes(stored.task.state)) return bySight(INSIDE);
  const sight = await look(world, stored);
  switch (sight.kind) {
    case "seen":
      return bySight({ ...sight.seen, maxParallel: sight.seen.profile.maxParallel });
    case "unseen":
      return bySight({ ...INSIDE, head: null });
    case "invalid":
      return [...bySight({ ...INSIDE, head: sight.head }), profileInvalid(sight.failure)];
  }
}

function profileInvalid({ cause }: Failure): Blocker {
  const liftedBy = `a profile without mistakes on the target branch: ${cause}`;
  return { reason: "profile_invalid", since: null, liftedBy };
}
