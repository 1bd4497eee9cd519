/** What a person hands in with `idea add`, checked before anything is registered. */
import { resolve } from "node:path";
import type { Secrets } from "../config/options.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { PROFILE_FILE } from "../formats/profile/parse-profile.ts";
import { LARGEST_SPEC, parseSpec } from "../formats/spec/parse-spec.ts";
import { sha256 } from "../kit/hash.ts";
import type { Json } from "../kit/json.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import { counted } from "../kit/text.ts";
import type { CapWishes } from "../model/cap.ts";
import type { Failure } from "../model/failure.ts";
import type { AgentKind } from "../model/idea.ts";
import { problemsFailure } from "../model/problems-failure.ts";
import type { Profile } from "../model/profile.ts";
import type { Spec } from "../model/spec.ts";
import type { Repository, RepositoryFacts } from "../ports/repository.ts";
import { capWishes, type IdeaAddFlags } from "./idea-flags.ts";
import { isOnCodeHost } from "./on-code-host.ts";
import { readLimited } from "./read-limited.ts";
import { repositoryFiles } from "./repository-files.ts";

/** Everything an idea needs but redaction. */
export interface IdeaRead {
  readonly spec: Spec;
  readonly text: string;
  readonly specHash: string;
  readonly repository: string;
  readonly targetBranch: string;
  readonly agent: AgentKind;
  readonly script: Json | null;
  readonly caps: CapWishes;
  /** What a person should know although nothing is wrong. */
  readonly warnings: readonly string[];
}

export interface IdeaSurroundings {
  readonly config: LoadedConfig;
  readonly repository: Repository;
  readonly codeHostReady: () => Result<void, Failure>;
  readonly agentReady: (agent: AgentKind) => Promise<Result<void, Failure>>;
}

export async function readIdea(flags: IdeaAddFlags, around: IdeaSurroundings): Promise<Result<IdeaRead, Failure>> {
  const text = await readLimited(flags.file, { limit: LARGEST_SPEC, what: "specification" });
  if (!text.ok) return text;
  const spec = parseSpec({ file: flags.file, text: text.value });
  if (!spec.ok) return fail(problemsFailure("specification", spec.failure));
  const place = await placeOf(flags, spec.value, around.repository);
  if (!place.ok) return place;
  const agent = flags.agent ?? around.config.settings.agent;
  const script = await scriptOf(flags, agent, around.config.secrets);
  if (!script.ok) return script;
  const { branch, facts, head } = place.value;
  const profile = await repositoryFiles(around.repository, { folder: facts.folder, commit: head });
  if (!profile.ok) return profile;
  const host = around.codeHostReady();
  if (!host.ok) return host;
  const ready = await around.agentReady(agent);
  if (!ready.ok) return ready;
  return ok({
    spec: spec.value,
    text: text.value,
    specHash: sha256(text.value),
    repository: facts.folder,
    targetBranch: branch,
    agent,
    script: script.value,
    caps: capWishes(flags),
    warnings: [...warningsOf(facts, head), ...noAcceptance(profile.value)],
  });
}

interface Place {
  readonly facts: RepositoryFacts;
  readonly branch: string;
  /** The commit of that branch. */
  readonly head: string;
}

/** `--repo`, else what the specification names. */
async function placeOf(flags: IdeaAddFlags, spec: Spec, repository: Repository): Promise<Result<Place, Failure>> {
  const named = flags.repo ?? spec.repository;
  if (named === null) return fail(NO_REPOSITORY);
  if (isOnCodeHost(named)) return fail(onCodeHost(named));
  const facts = await repository.facts(resolve(named));
  if (!facts.ok) return facts;
  const branch = flags.branch ?? facts.value.branch;
  if (branch === null) return fail(detached(facts.value));
  const head = await repository.branchHead(facts.value.folder, branch);
  if (!head.ok) return head;
  return head.value === null
    ? fail(noBranch(branch, facts.value))
    : ok({ facts: facts.value, branch, head: head.value });
}

async function scriptOf(
  { script: path }: IdeaAddFlags,
  agent: AgentKind,
  secrets: Secrets,
): Promise<Result<Json | null, Failure>> {
  if (agent === "codex") return path === undefined ? ok(null) : fail(SCRIPT_FOR_CODEX);
  if (path === undefined) return fail(NO_SCRIPT);
  const [{ parseScript }, { LARGEST_YAML }] = await Promise.all([
    import("../formats/script/parse-script.ts"),
    import("../formats/strict-yaml.ts"),
  ]);
  const text = await readLimited(path, { limit: LARGEST_YAML, what: "script" });
  if (!text.ok) return text;
  const script = parseScript({ file: path, text: text.value });
  if (!script.ok) return fail(problemsFailure("script", script.failure));
  const { holdsSecret } = await import("../policy/redact/holds-secret.ts");
  const known = Object.values(secrets).flatMap((secret) => (secret === null ? [] : [secret.reveal()]));
  if (holdsSecret(JSON.stringify(script.value), known)) return fail(secretInScript(path));
  return ok({ steps: script.value.steps.map((step) => ({ ...step })) });
}

/** A step that was redacted would do something else than it says. */
function secretInScript(path: string): Failure {
  return {
    code: "usage",
    message: `${path} holds a secret, and the script was not taken in.`,
    cause: "A script is kept as it is, for everybody who reads the store; a key in it would be, too.",
    hint: "Do this: take the key out of the script, and have it replaced where it is valid.",
    retry: "never",
  };
}

function warningsOf({ dirtyFiles, folder }: RepositoryFacts, head: string): readonly string[] {
  if (dirtyFiles === 0) return [];
  const many = dirtyFiles >= 1_000 ? "1,000 files or more" : counted(dirtyFiles, "file");
  return [`Not committed in ${folder}: ${many}. That is left alone: runs start from ${head.slice(0, 12)} without it.`];
}

function noAcceptance({ acceptance }: Profile): readonly string[] {
  if (acceptance.length > 0) return [];
  return [`The repository names no acceptance commands in ${PROFILE_FILE}: a person has to look at every change.`];
}

const NO_REPOSITORY: Failure = {
  code: "usage",
  message: "No repository is named.",
  cause: "Neither --repo nor a section Repository of the specification says where to work.",
  hint: "Do this: codex-loop idea add --repo PATH --file SPEC.md",
  retry: "never",
};

function onCodeHost(named: string): Failure {
  return {
    code: "gate_says_no",
    message: `${named} is a repository on a code host, and none can be reached yet.`,
    cause:
      "This release works in repositories of this machine; code hosts come with a later one. Nothing was registered.",
    hint: "Do this: clone it and name the folder with --repo PATH.",
    retry: "never",
  };
}

function detached({ folder, head }: RepositoryFacts): Failure {
  return {
    code: "usage",
    message: `No branch is checked out in ${folder}.`,
    cause: `Its head is detached at ${head.slice(0, 12)}, so there is no branch that a change could be meant for.`,
    hint: "Do this: name one with --branch NAME, or check one out.",
    retry: "never",
  };
}

function noBranch(branch: string, { folder }: RepositoryFacts): Failure {
  return {
    code: "not_found",
    message: `There is no branch ${branch} in ${folder}.`,
    cause: "It was named as the branch to start from.",
    hint: `Do this: git -C ${folder} branch lists those there are.`,
    retry: "never",
  };
}

const NO_SCRIPT: Failure = {
  code: "usage",
  message: "The scripted agent has no script.",
  cause: "It replays steps from a file and knows nothing else to do.",
  hint: "Do this: add --script FILE (codex-loop demo run shows one at work).",
  retry: "never",
};

const SCRIPT_FOR_CODEX: Failure = {
  code: "usage",
  message: "A script is for the scripted agent only.",
  cause: "The Codex CLI decides itself what it does.",
  hint: "Do this: add --agent scripted, or leave --script out.",
  retry: "never",
};
