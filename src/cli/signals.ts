import type { Command } from "@stricli/core";
import { ok } from "../kit/result.ts";
import { nearest } from "../kit/text.ts";
import { DELIGHT_CATEGORIES, FRICTION_CATEGORIES } from "../model/signal.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

export const signalsCommand: Command<Context> = command<{ readonly session?: string; readonly category?: string }, []>({
  brief: "Compute signals of friction and delight anew and list them",
  examples: [
    "codex-loop signals",
    "codex-loop signals --session 01a1f6cc-d141",
    "codex-loop signals --category exec_failure --json",
  ],
  parameters: {
    flags: {
      session: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "Only this session; the start of its id is enough",
        placeholder: "ID",
      },
      category: { kind: "parsed", parse: known, optional: true, brief: "Only this category", placeholder: "NAME" },
    },
  },
  run: (context, { session = null, category = null }) =>
    withStore(context, { mode: "existing" }, async ({ config, store }) => {
      const { learnWorld } = await import("../world/learn.ts");
      const { recompute } = await import("../loop/learn.ts");
      const { findSession } = await import("../views/find-session.ts");
      const { signalRows } = await import("../views/signals.ts");
      const { renderSignals } = await import("./render-rows.ts");
      const found = session === null ? ok(null) : await store.read((reader) => findSession(reader, session));
      if (!found.ok) return context.output.fail(found.failure);
      const world = await learnWorld({ config, store, clock: context.clock });
      const done = await recompute(world, { session: found.value, signal: context.stop });
      if (!done.ok) return context.output.fail(done.failure);
      const rows = await store.read((reader) => signalRows(reader, { session: found.value, category }));
      context.output.answer(rows, () => renderSignals(rows, context.output));
      return 0;
    }),
});

function known(input: string): string {
  const names: readonly string[] = [...FRICTION_CATEGORIES, ...DELIGHT_CATEGORIES];
  if (names.includes(input)) return input;
  const close = nearest(input, names);
  throw new SyntaxError(`There is no such category${close === null ? "" : `; did you mean ${close}?`}`);
}
