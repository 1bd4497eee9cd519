import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { fail, ok, type Result } from "../kit/result.ts";
import { FAILURE_EXITS, type Failure } from "../model/failure.ts";
import { ACTORS, GATES, type Actor, type DecisionWord, type Gate, type Policy } from "../model/policy.ts";
import { instantOf } from "../model/time.ts";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

interface CheckFlags {
  readonly repo?: string;
  readonly base: string;
  readonly head: string;
  readonly gate?: Gate;
  readonly actor?: Actor;
  readonly labels?: readonly string[];
  readonly passed?: readonly string[];
}

const EXITS: Readonly<Record<DecisionWord, number>> = {
  pass: 0,
  need: FAILURE_EXITS.approval_needed,
  unknown: FAILURE_EXITS.gate_says_no,
  deny: FAILURE_EXITS.gate_says_no,
};

const check: Command<Context> = command<CheckFlags, []>({
  brief: "What policy says to a change; exit 0 pass, 7 needs a person, 3 denied or not known",
  examples: [
    "codex-loop policy check --base main --head HEAD",
    "codex-loop policy check --repo ../shop --base main --head fix --labels infra",
    "codex-loop policy check --base main --head HEAD --passed unit,lint",
  ],
  parameters: {
    flags: {
      repo: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "Repository; default this folder",
        placeholder: "PATH",
      },
      base: { kind: "parsed", parse: text, brief: "Commit the policy is read at", placeholder: "REV" },
      head: { kind: "parsed", parse: text, brief: "Commit that is judged", placeholder: "REV" },
      gate: { kind: "enum", values: GATES, optional: true, brief: "One gate; default pre_push and pre_merge" },
      actor: { kind: "enum", values: ACTORS, optional: true, brief: "Who made the change; default agent" },
      labels: { kind: "parsed", parse: list, optional: true, brief: "Labels of the change", placeholder: "A,B" },
      passed: {
        kind: "parsed",
        parse: list,
        optional: true,
        brief: "Checks that passed on the head",
        placeholder: "A,B",
      },
    },
  },
  run: async (context, { repo: path = ".", base, head, gate, actor = "agent", labels = [], passed = [] }) => {
    const [{ checkChange }, { CHECKED_GATES }, { renderCheck }] = await Promise.all([
      import("../world/check-change.ts"),
      import("../views/policy-check.ts"),
      import("./render-policy.ts"),
    ]);
    const gates = gate === undefined ? CHECKED_GATES : [gate];
    const at = instantOf(context.clock.now());
    const checked = await checkChange({ path, base, head, gates, actor, labels, passed, at });
    if (!checked.ok) return context.output.fail(checked.failure);
    context.output.answer(checked.value, () => renderCheck(checked.value, context.output));
    return EXITS[checked.value.decision];
  },
});

/** Enough for weeks of work; the latest are made again. */
const REPLAYED = 1000;

const replay: Command<Context> = command<{ readonly policy?: string; readonly limit?: number }, []>({
  brief: "Make recorded decisions again under another policy, and list what comes out differently",
  examples: [
    "codex-loop policy replay --policy .codex-loop/policy.yaml",
    "codex-loop policy replay --limit 100 --json",
  ],
  parameters: {
    flags: {
      policy: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "Policy to judge by; default the one each was made with",
        placeholder: "FILE",
      },
      limit: {
        kind: "parsed",
        parse: wholeNumber,
        optional: true,
        brief: `How many decisions, the latest first; default ${REPLAYED}`,
        placeholder: "N",
      },
    },
  },
  run: (context, { policy: file, limit = REPLAYED }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const policy = file === undefined ? ok(null) : await policyOfFile(file);
      if (!policy.ok) return context.output.fail(policy.failure);
      const { policyReplay } = await import("../views/policy-replay.ts");
      const { renderReplay } = await import("./render-policy.ts");
      const replayed = await store.read((reader) => policyReplay(reader, { policy: policy.value, limit }));
      context.output.answer(replayed, () => renderReplay(replayed, context.output));
      return 0;
    }),
});

export const policyRoutes: RouteMap<Context> = buildRouteMap({
  routes: { check, replay },
  docs: { brief: "What the rules of a repository say to changes" },
});

async function policyOfFile(file: string): Promise<Result<Policy, Failure>> {
  const [{ readFile }, { parsePolicy }, { problemsFailure }] = await Promise.all([
    import("node:fs/promises"),
    import("../formats/policy/parse-policy.ts"),
    import("../model/problem.ts"),
  ]);
  const content = await readFile(file, "utf8").catch(() => null);
  if (content === null) return fail(unreadable(file));
  // Recorded decisions belong to many repositories, so no list of files is held against the globs.
  const policy = parsePolicy({ file, text: content, paths: null });
  return policy.ok ? policy : fail(problemsFailure("policy", policy.failure));
}

function list(input: string): readonly string[] {
  return input
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function unreadable(file: string): Failure {
  return {
    code: "path_missing",
    message: `${file} cannot be read.`,
    cause: "It is not there, is a folder, or may not be read.",
    hint: "Do this: name a policy file.",
    retry: "never",
  };
}
