import { effect, type Hands } from "../../guard/effect.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { changeChangeState } from "../../store/changes/change-change-state.ts";
import { stampOf, finishTask } from "./settle.ts";
import type { Candidate } from "./candidate.ts";
import type { IntegrateWorld } from "./integrate-world.ts";

/** Writes the branch into the person's repository; in release mode it is proposed to people as well. Then the task is done. */
export async function land(
  world: IntegrateWorld,
  candidate: Candidate,
  bundle: string,
): Promise<Result<void, Failure>> {
  const { change } = candidate;
  const want = { kind: "branch", repository: change.repository, branch: change.branch, head: change.head } as const;
  const written = await effect(
    { store: world.store, stamp: stampOf(candidate) },
    want,
    handsOf(world, candidate, bundle),
  );
  if (!written.ok) return written;
  const proposed = await propose(world, candidate);
  if (!proposed.ok) return proposed;
  await finishTask(world, candidate);
  return ok(undefined);
}

/** Fast mode speaks to no code host, whatever is connected. */
async function propose(world: IntegrateWorld, candidate: Candidate): Promise<Result<void, Failure>> {
  if (world.settings.run_mode !== "release" || candidate.change.state !== "local") return ok(undefined);
  const { repository, branch, head } = candidate.change;
  const want = { kind: "proposal", repository, branch, head } as const;
  const ledger = { store: world.store, stamp: stampOf(candidate) };
  const proposed = await effect(ledger, want, proposing(world, candidate));
  if (!proposed.ok) return proposed;
  await world.store.write(stampOf(candidate), (tx) => changeChangeState(tx, candidate.change.id, "proposed"));
  return ok(undefined);
}

/** Looked for first, so that a process that died before it could write it down proposes nothing twice. */
function proposing({ codeHost }: IntegrateWorld, { change }: Candidate): Hands {
  return {
    look: async () => {
      const seen = await codeHost.isProposed(change);
      if (!seen.ok) return "unknown";
      return seen.value ? "there" : "absent";
    },
    make: () => codeHost.propose(change),
  };
}

function handsOf({ repository }: IntegrateWorld, { change }: Candidate, bundle: string): Hands {
  const { branch, head } = change;
  return {
    look: async () => {
      const found = await repository.branchHead(change.repository, branch);
      if (!found.ok) return "unknown";
      return found.value === head ? "there" : "absent";
    },
    make: async () => {
      const fetched = await repository.fetchBundle(change.repository, { bundle, branch, head });
      return fetched.ok ? ok(undefined) : fail(fetched.failure);
    },
  };
}
