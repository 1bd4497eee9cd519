import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

const list: Command<Context> = command<{ readonly limit?: number }, []>({
  brief: "Sessions, the latest first",
  examples: [
    "codex-loop sessions list",
    "codex-loop sessions list --limit 20",
    "codex-loop sessions list --json=id,outcome,tokens",
  ],
  parameters: {
    flags: { limit: { kind: "parsed", parse: wholeNumber, optional: true, brief: "At most N", placeholder: "N" } },
  },
  run: (context, { limit }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { sessionRows } = await import("../views/sessions.ts");
      const { renderSessions } = await import("./render-sessions.ts");
      const rows = await store.read((reader) =>
        sessionRows(reader, { now: context.clock.now(), limit: limit ?? null }),
      );
      context.output.answer(rows, () => renderSessions(rows, context.output));
      return 0;
    }),
});

const show: Command<Context> = command<Record<never, never>, [string]>({
  brief: "One session: turns, calls, signals, in order",
  examples: ["codex-loop sessions show 01a1f6cc-d141", "codex-loop sessions show 01a1f6cc --json"],
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [{ parse: text, brief: "Session id, or the start of it", placeholder: "ID" }],
    },
  },
  run: (context, _flags, id) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { sessionDetail } = await import("../views/session.ts");
      const { renderSession } = await import("./render-sessions.ts");
      const session = await store.read((reader) => sessionDetail(reader, { id, now: context.clock.now() }));
      if (!session.ok) return context.output.fail(session.failure);
      context.output.answer(session.value, () => renderSession(session.value, context.output));
      return 0;
    }),
});

export const sessionsRoutes: RouteMap<Context> = buildRouteMap<"list" | "show", Context>({
  routes: { list, show },
  docs: { brief: "Sessions that were read" },
});
