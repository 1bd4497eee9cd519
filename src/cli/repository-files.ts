import { parsePolicy, POLICY_FILE } from "../formats/policy/parse-policy.ts";
import { DEFAULT_PROFILE, parseProfile, PROFILE_FILE } from "../formats/profile/parse-profile.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Problem } from "../model/problem.ts";
import { problemsFailure } from "../model/problems-failure.ts";
import type { Profile } from "../model/profile.ts";
import type { Repository } from "../ports/repository.ts";

export interface FilesAt {
  readonly folder: string;
  readonly commit: string;
}

/** What a repository says about itself at a commit: its profile, and that its policy can be read. Both tell their mistakes at once. */
export async function repositoryFiles(
  repository: Repository,
  { folder, commit }: FilesAt,
): Promise<Result<Profile, Failure>> {
  const [profile, policy] = await Promise.all([
    repository.fileAt(folder, { commit, file: PROFILE_FILE }),
    repository.fileAt(folder, { commit, file: POLICY_FILE }),
  ]);
  if (!profile.ok) return profile;
  if (!policy.ok) return policy;
  const read = profile.value === null ? ok(DEFAULT_PROFILE) : parseProfile({ file: PROFILE_FILE, text: profile.value });
  const problems = [
    ...(read.ok ? [] : read.failure),
    ...(policy.value === null ? [] : await policyProblems(repository, { folder, commit }, policy.value)),
  ];
  return read.ok && problems.length === 0 ? read : fail(problemsFailure("file of the repository", problems));
}

async function policyProblems(
  repository: Repository,
  { folder, commit }: FilesAt,
  text: string,
): Promise<readonly Problem[]> {
  const tree = await repository.filesAt(folder, commit);
  const read = parsePolicy({ file: POLICY_FILE, text, paths: tree.ok ? tree.value : null });
  return read.ok ? [] : read.failure;
}
