import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import type { Failure } from "../model/failure.ts";
import { FAILURE_EXITS } from "../model/failure.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

const bundle: Command<Context> = command<{ readonly sessionId: string; readonly output: string }, []>({
  brief: "Write a session as a trace spine: checksummed segments and a bundle file, redacted",
  examples: ["codex-loop trace bundle --session-id 01a1f6cc-d141 --output ./bundle"],
  parameters: {
    flags: {
      sessionId: { kind: "parsed", parse: text, brief: "Session to write, or the start of its id", placeholder: "ID" },
      output: { kind: "parsed", parse: text, brief: "Folder to make", placeholder: "DIR" },
    },
  },
  run: (context, { sessionId, output }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { bundleSession } = await import("../world/bundle.ts");
      const done = await bundleSession(store, { id: sessionId, folder: output, now: context.clock.now() });
      if (!done.ok) return context.output.fail(done.failure);
      context.output.answer(
        done.value,
        () => `${done.value.files.length} files, ${done.value.records} records in ${output}`,
      );
      return 0;
    }),
});

const validate: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Check a spine segment against its rules; exit 3 and the first bad line when it breaks one",
  examples: ["codex-loop trace validate bundle/spine/segment-000.jsonl"],
  parameters: {
    positional: { kind: "tuple", parameters: [{ parse: text, brief: "Segment file", placeholder: "FILE" }] },
  },
  run: async (context, _flags, path) => {
    const { validateSegmentFile } = await import("../world/bundle.ts");
    const check = await validateSegmentFile(path);
    if (check === null) return context.output.fail(notThere(path));
    const document = { ...check, path };
    context.output.answer(document, () => {
      const findings = [...check.errors, ...check.warnings].map(
        (finding) =>
          `${finding.grade} at line ${finding.line} (byte ${finding.offset}): ${finding.rule}: ${finding.message}`,
      );
      return [`${path}: ${check.valid ? "valid" : "not valid"}, ${check.records} records`, ...findings].join("\n");
    });
    return check.valid ? 0 : FAILURE_EXITS.gate_says_no;
  },
});

export const traceRoutes: RouteMap<Context> = buildRouteMap<"bundle" | "validate", Context>({
  routes: { bundle, validate },
  docs: { brief: "Trace spines: write one, check one" },
});

function notThere(path: string): Failure {
  return {
    code: "path_missing",
    message: `There is no file at ${path}.`,
    cause: "It was named as the segment to check.",
    hint: "Do this: check the spelling; segments are named segment-000.jsonl and up.",
    retry: "never",
  };
}
