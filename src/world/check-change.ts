import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Actor, Gate } from "../model/policy.ts";
import { problemsFailure } from "../model/problems-failure.ts";
import type { Instant } from "../model/time.ts";
import { policyCheck } from "../views/policy-check.ts";
import type { PolicyCheck } from "../views/shapes/policy.ts";
import { openRepository } from "./repository.ts";
import { rulesOfRepository } from "./rules-of-repository.ts";

export interface CheckQuestion {
  readonly path: string;
  readonly base: string;
  readonly head: string;
  readonly gates: readonly Gate[];
  readonly actor: Actor;
  readonly labels: readonly string[];
  readonly passed: readonly string[];
  readonly at: Instant;
}

/** What the policy at the base says to what changes from there to the head. */
export async function checkChange(question: CheckQuestion): Promise<Result<PolicyCheck, Failure>> {
  const { path, gates, actor, labels, passed, at } = question;
  const repository = openRepository();
  const facts = await repository.facts(path);
  if (!facts.ok) return facts;
  const base = await repository.resolve(path, question.base);
  if (!base.ok) return base;
  const head = await repository.resolve(path, question.head);
  if (!head.ok) return head;
  const rules = rulesOfRepository(repository);
  const policy = await rules.policyAt(facts.value.folder, base.value);
  const profile = await rules.profileAt(facts.value.folder, base.value);
  if (!policy.ok || !profile.ok) return fail(refusal(profile, policy));
  const files = await repository.changed(path, { base: base.value, head: head.value });
  if (!files.ok) return files;
  const commands = [...profile.value.setup, ...profile.value.acceptance.map(({ run }) => run)];
  const range = { repository: facts.value.folder, base: base.value, head: head.value, files: files.value };
  return ok(policyCheck(policy.value, { ...range, actor, labels, passed, commands, at }, gates));
}

/** Both files tell their mistakes at once, as where an idea is taken in. */
function refusal(...read: readonly Result<unknown, Failure>[]): Failure {
  const failures = read.flatMap((one) => (one.ok ? [] : [one.failure]));
  const other = failures.find(({ problems }) => problems === undefined);
  return (
    other ??
    problemsFailure(
      "file of the repository",
      failures.flatMap(({ problems = [] }) => problems),
    )
  );
}
