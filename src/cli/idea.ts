import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Idea } from "../model/idea.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Tx } from "../store/store.ts";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { ID_PARAMETER, LIMIT_DEFAULT } from "./id-parameter.ts";
import { ideaAddCommand } from "./idea-add.ts";
import { withStore, type Opened } from "./open.ts";
import { showIdea } from "./show-idea.ts";

const list: Command<Context> = command<{ readonly limit?: number }, []>({
  brief: "Ideas, the latest first",
  examples: ["codex-loop idea list", "codex-loop idea list --limit 20 --json=id,state,title,spend"],
  parameters: {
    flags: {
      limit: { kind: "parsed", parse: wholeNumber, optional: true, brief: "At most N; default 100", placeholder: "N" },
    },
  },
  run: (context, { limit = LIMIT_DEFAULT }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { ideaRows } = await import("../views/ideas.ts");
      const { renderIdeas } = await import("./render-ideas.ts");
      const rows = await store.read((reader) => ideaRows(reader, { limit, now: context.clock.now() }));
      context.output.answer(rows, () => renderIdeas(rows, context.output));
      return 0;
    }),
});

const show: Command<Context> = command<Record<never, never>, [string]>({
  brief: "One idea: where it stands, its runs, cost and changes",
  examples: ["codex-loop idea show 01a1f6cc-d141", "codex-loop idea show 01a1f6cc --json"],
  parameters: { positional: ID_PARAMETER },
  run: (context, _flags, id) => withStore(context, { mode: "read" }, ({ store }) => showIdea(context, store, id)),
});

const approve: Command<Context> = command<{ readonly reason?: string }, [string]>({
  brief: "Say yes to the change of an idea that waits for a person",
  examples: ['codex-loop idea approve 01a1f6cc-d141 --reason "looked at the diff"'],
  parameters: {
    positional: ID_PARAMETER,
    flags: { reason: { kind: "parsed", parse: text, optional: true, brief: "Why; kept with it", placeholder: "TEXT" } },
  },
  run: (context, { reason = "" }, id) =>
    withStore(context, { mode: "existing" }, async (opened) => {
      const { approveIdea } = await import("../loop/operate-idea.ts");
      const words = await redacted(opened, reason);
      return act(context, opened, (tx) => approveIdea(tx, { id, reason: words }));
    }),
});

const pause: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Start nothing new of an idea; what runs goes on to its end",
  examples: ["codex-loop idea pause 01a1f6cc-d141"],
  parameters: { positional: ID_PARAMETER },
  run: (context, _flags, id) =>
    withStore(context, { mode: "existing" }, async (opened) => {
      const { pauseIdea } = await import("../loop/operate-idea.ts");
      return act(context, opened, (tx) => pauseIdea(tx, id));
    }),
});

const resume: Command<Context> = command<{ readonly wait: boolean }, [string]>({
  brief: "Let an idea go on: lifts a pause, and what parked or failed it",
  examples: ["codex-loop idea resume 01a1f6cc-d141", "codex-loop idea resume 01a1f6cc-d141 --wait"],
  parameters: {
    positional: ID_PARAMETER,
    flags: {
      wait: { kind: "boolean", default: false, withNegated: false, brief: "Work on it, and follow it to its end" },
    },
  },
  run: (context, { wait }, id) =>
    withStore(context, { mode: "existing" }, async (opened) => {
      const { resumeIdea } = await import("../loop/operate-idea.ts");
      if (!wait) return act(context, opened, (tx) => resumeIdea(tx, id));
      const { waitAgain } = await import("./wait-idea.ts");
      return waitAgain(context, opened, id);
    }),
});

const cancel: Command<Context> = command<Record<never, never>, [string]>({
  brief: "End an idea; its runs at once",
  examples: ["codex-loop idea cancel 01a1f6cc-d141"],
  parameters: { positional: ID_PARAMETER },
  run: (context, _flags, id) =>
    withStore(context, { mode: "existing" }, async (opened) => {
      const { cancelIdea } = await import("../loop/operate-idea.ts");
      return act(context, opened, (tx) => cancelIdea(tx, id));
    }),
});

async function act(
  context: Context,
  { store }: Opened,
  perform: (tx: Tx) => Promise<Result<Idea, Failure>>,
): Promise<number> {
  const done = await store.write({ actor: "operator" }, perform);
  return done.ok ? showIdea(context, store, done.value.id) : context.output.fail(done.failure);
}

async function redacted({ config, store }: Opened, words: string): Promise<Redacted | null> {
  if (words.trim() === "") return null;
  const { openRedaction } = await import("../world/redaction.ts");
  const redact = await openRedaction(store, { secrets: config.secrets, home: config.settings.home });
  return redact(words.trim());
}

export const ideaRoutes: RouteMap<Context> = buildRouteMap<
  "add" | "list" | "show" | "approve" | "pause" | "resume" | "cancel",
  Context
>({
  routes: { add: ideaAddCommand, list, show, approve, pause, resume, cancel },
  docs: { brief: "What you want done: hand in, follow, hold, end" },
});
