/** Profile and policy of a repository, always as they stand at a commit: what a change says about them never counts. */
import { DEFAULT_PROFILE, parseProfile, PROFILE_FILE } from "../formats/profile/parse-profile.ts";
import { parsePolicy, POLICY_FILE } from "../formats/policy/parse-policy.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { problemsFailure } from "../model/problems-failure.ts";
import type { Profile } from "../model/profile.ts";
import { DEFAULT_POLICY, protectedPaths } from "../policy/rules/built-in-rules.ts";
import { compilePolicy, type CompiledPolicy } from "../policy/rules/compile-policy.ts";
import type { Repository } from "../ports/repository.ts";

export interface RulesOfRepository {
  /** Globs that no agent may change; none where the policy cannot be read, because nothing starts there. */
  readonly protectedAt: (folder: string, commit: string) => Promise<readonly string[]>;
  readonly profileAt: (folder: string, commit: string) => Promise<Result<Profile, Failure>>;
  readonly policyAt: (folder: string, commit: string) => Promise<Result<CompiledPolicy, Failure>>;
}

/** What a commit says never changes, so what was read is kept; a long-lived process forgets the oldest. */
const KEPT = 200;

export function rulesOfRepository(repository: Pick<Repository, "fileAt" | "filesAt">): RulesOfRepository {
  const policyAt = remembered((folder, commit) => readPolicy(repository, folder, commit));
  return {
    profileAt: remembered((folder, commit) => readProfile(repository, folder, commit)),
    policyAt,
    protectedAt: async (folder, commit) => {
      const policy = await policyAt(folder, commit);
      return policy.ok ? protectedPaths(policy.value.policy) : [];
    },
  };
}

type Files = Pick<Repository, "fileAt" | "filesAt">;
type ReadAt<T> = (folder: string, commit: string) => Promise<Result<T, Failure>>;

async function readProfile(files: Files, folder: string, commit: string): Promise<Result<Profile, Failure>> {
  const text = await files.fileAt(folder, { commit, file: PROFILE_FILE });
  if (!text.ok) return text;
  if (text.value === null) return ok(DEFAULT_PROFILE);
  const profile = parseProfile({ file: PROFILE_FILE, text: text.value });
  return profile.ok ? profile : fail(problemsFailure("profile", profile.failure));
}

async function readPolicy(files: Files, folder: string, commit: string): Promise<Result<CompiledPolicy, Failure>> {
  const text = await files.fileAt(folder, { commit, file: POLICY_FILE });
  if (!text.ok) return text;
  if (text.value === null) return ok(compilePolicy(DEFAULT_POLICY));
  const paths = await files.filesAt(folder, commit);
  if (!paths.ok) return paths;
  const policy = parsePolicy({ file: POLICY_FILE, text: text.value, paths: paths.value });
  return policy.ok ? ok(compilePolicy(policy.value)) : fail(problemsFailure("policy", policy.failure));
}

/** A failure to read is not kept: the next try may succeed. */
function remembered<T>(read: ReadAt<T>): ReadAt<T> {
  const known = new Map<string, Result<T, Failure>>();
  return async (folder, commit) => {
    const key = JSON.stringify([folder, commit]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = await read(folder, commit);
    if (!result.ok && result.failure.code !== "config_invalid") return result;
    for (const oldest of known.keys()) if (known.size >= KEPT) known.delete(oldest);
    known.set(key, result);
    return result;
  };
}
