import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { command, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { ID_PARAMETER, LIMIT_DEFAULT } from "./id-parameter.ts";
import { withStore } from "./open.ts";
import { showRun } from "./show-run.ts";
import { logsCommand } from "./run-logs.ts";

const list: Command<Context> = command<{ readonly limit?: number }, []>({
  brief: "Runs of agents, the latest first",
  examples: ["codex-loop run list", "codex-loop run list --limit 20 --json=id,state,outcome,failure_code"],
  parameters: {
    flags: {
      limit: { kind: "parsed", parse: wholeNumber, optional: true, brief: "At most N; default 100", placeholder: "N" },
    },
  },
  run: (context, { limit = LIMIT_DEFAULT }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { runRows } = await import("../views/runs.ts");
      const { renderRuns } = await import("./render-runs.ts");
      const rows = await store.read((reader) => runRows(reader, { limit, now: context.clock.now() }));
      context.output.answer(rows, () => renderRuns(rows, context.output));
      return 0;
    }),
});

const show: Command<Context> = command<{ readonly diff: boolean }, [string]>({
  brief: "One run: what it did, cost, asked, changed and left",
  examples: [
    "codex-loop run show 01a1f6cc-d141",
    "codex-loop run show 01a1f6cc-d141 --diff",
    "codex-loop run show 01a1f6cc --json",
  ],
  parameters: {
    positional: ID_PARAMETER,
    flags: {
      diff: { kind: "boolean", default: false, withNegated: false, brief: "Also what it changed, line by line" },
    },
  },
  run: (context, { diff }, id) =>
    withStore(context, { mode: "read" }, (opened) => showRun(context, opened, { id, withDiff: diff })),
});

const cancel: Command<Context> = command<Record<never, never>, [string]>({
  brief: "End a run at once, with everything it started",
  examples: ["codex-loop run cancel 01a1f6cc-d141"],
  parameters: { positional: ID_PARAMETER },
  run: (context, _flags, id) =>
    withStore(context, { mode: "existing" }, async ({ store }) => {
      const { cancelRun } = await import("../loop/operate-run.ts");
      const done = await store.write({ actor: "operator" }, (tx) => cancelRun(tx, id));
      if (!done.ok) return context.output.fail(done.failure);
      const { id: run, state, stop } = done.value;
      context.output.answer({ id: run, state, stop }, () =>
        state === "ended" ? `Run ${run} had not begun and never will.` : `Run ${run} ends now.`,
      );
      return 0;
    }),
});

const replay: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Have the task of a run tried again",
  examples: ["codex-loop run replay 01a1f6cc-d141"],
  parameters: { positional: ID_PARAMETER },
  run: (context, _flags, id) =>
    withStore(context, { mode: "existing" }, async ({ store }) => {
      const { replayRun } = await import("../loop/operate-run.ts");
      const { getTask } = await import("../store/tasks/get-task.ts");
      const done = await store.write({ actor: "operator" }, (tx) => replayRun(tx, id));
      if (!done.ok) return context.output.fail(done.failure);
      const task = await store.read((reader) => getTask(reader, done.value));
      const answer = { task_id: done.value, idea_id: task?.ideaId ?? null, state: task?.state ?? null };
      context.output.answer(
        answer,
        () => `Task ${done.value} may be tried again.\nNext: codex-loop idea resume ${answer.idea_id ?? ""} --wait`,
      );
      return 0;
    }),
});

export const runRoutes: RouteMap<Context> = buildRouteMap<"list" | "show" | "logs" | "cancel" | "replay", Context>({
  routes: { list, show, logs: logsCommand, cancel, replay },
  docs: { brief: "Runs of agents: look, follow, end, repeat" },
});
