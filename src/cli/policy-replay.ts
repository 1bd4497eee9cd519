import type { Command } from "@stricli/core";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Policy } from "../model/policy.ts";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

/** Enough for weeks of work; the latest are made again. */
const REPLAYED = 1000;

export const policyReplayCommand: Command<Context> = command<{ readonly policy?: string; readonly limit?: number }, []>(
  {
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
  },
);

async function policyOfFile(file: string): Promise<Result<Policy, Failure>> {
  const [{ readLimited }, { parsePolicy }, { LARGEST_YAML }, { problemsFailure }] = await Promise.all([
    import("./read-limited.ts"),
    import("../formats/policy/parse-policy.ts"),
    import("../formats/strict-yaml.ts"),
    import("../model/problems-failure.ts"),
  ]);
  const read = await readLimited(file, { limit: LARGEST_YAML, what: "policy" });
  if (!read.ok) return read;
  // Recorded decisions belong to many repositories, so no list of files is held against the globs.
  const policy = parsePolicy({ file, text: read.value, paths: null });
  return policy.ok ? policy : fail(problemsFailure("policy", policy.failure));
}
