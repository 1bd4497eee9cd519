import type { Settings } from "../config/options.ts";
import { writePolicy } from "../formats/policy/write-policy.ts";
import { writeProfile, type ProfileLimits } from "../formats/profile/write-profile.ts";
import type { Result } from "../kit/result.ts";
import { counted } from "../kit/text.ts";
import { attemptCapsOf } from "../loop/dispatch/attempt-caps.ts";
import type { Failure } from "../model/failure.ts";
import type { Profile } from "../model/profile.ts";
import { effectivePolicy } from "../policy/rules/built-in-rules.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import { openRepository } from "./repository.ts";
import { rulesOfRepository } from "./rules-of-repository.ts";

/** What a repository says about itself at its head, and what holds there in the end: defaults are filled in. */
export async function examineRepository(path: string, settings: Settings): Promise<readonly DoctorCheck[]> {
  const repository = openRepository();
  const facts = await repository.facts(path);
  if (!facts.ok) return [broken("repository", facts.failure)];
  const { folder, head, branch, dirtyFiles } = facts.value;
  const rules = rulesOfRepository(repository);
  const at = branch ?? "a detached head";
  const dirty = dirtyFiles === 0 ? "" : `; ${counted(dirtyFiles, "changed file")} that attempts will not see`;
  const found = `${folder} at ${head.slice(0, 12)} on ${at}${dirty}`;
  const profile = await rules.profileAt(folder, head);
  const policy = await rules.policyAt(folder, head);
  return [
    { check: "repository", ok: true, found, fix: null, required: true },
    told("profile", profile, (value) => ({
      found: `${counted(value.setup.length, "setup command")}, ${counted(value.acceptance.length, "acceptance command")}`,
      effective: writeProfile(value, limitsOf(value, settings)),
      note: value.acceptance.length === 0 ? NO_ACCEPTANCE : null,
    })),
    told("policy", policy, (value) => {
      const inForce = effectivePolicy(value.policy);
      const many = `${counted(inForce.rules.length, "rule")}, ${value.hash.slice(0, 12)}`;
      return { found: many, effective: writePolicy(inForce), note: null };
    }),
  ];
}

/** As dispatch takes them: whatever is smaller binds. */
function limitsOf({ caps, maxParallel }: Profile, settings: Settings): ProfileLimits {
  return {
    caps: attemptCapsOf({ settings, profile: caps, idea: {}, around: [] }),
    maxParallel: Math.min(maxParallel, settings.max_parallel),
  };
}

const NO_ACCEPTANCE =
  "Do this: name acceptance commands in .codex-loop/profile.yaml; without one a person has to approve every change.";

interface Told {
  readonly found: string;
  readonly effective: unknown;
  readonly note: string | null;
}

function told<T>(check: string, result: Result<T, Failure>, tell: (value: T) => Told): DoctorCheck {
  if (!result.ok) return broken(check, result.failure);
  const { found, effective, note } = tell(result.value);
  return { check, ok: note === null, found, fix: note, required: false, effective };
}

function broken(check: string, { code, message, cause, hint, problems = [] }: Failure): DoctorCheck {
  const refused = { code, problems };
  return { check, ok: false, found: `${message} ${cause}`, fix: hint, required: true, refused };
}
