import type { Command } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import { ACTORS, GATES, type Actor, type DecisionWord, type Gate } from "../model/policy.ts";
import { instantOf } from "../model/time.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";

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

export const policyCheckCommand: Command<Context> = command<CheckFlags, []>({
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

function list(input: string): readonly string[] {
  return input
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
