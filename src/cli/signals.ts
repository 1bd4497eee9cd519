import type { Command } from "@stricli/core";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

export const signalsCommand: Command<Context> = command<{ readonly session?: string; readonly category?: string }, []>({
  brief: "Compute signals of friction and delight anew and list them",
  examples: [
    "codex-loop signals",
    "codex-loop signals --session 01a1f6cc-d141-7c00-b310-1386da479849",
    "codex-loop signals --category exec_failure --json",
  ],
  parameters: {
    flags: {
      session: { kind: "parsed", parse: text, optional: true, brief: "Only this session", placeholder: "ID" },
      category: { kind: "parsed", parse: text, optional: true, brief: "Only this category", placeholder: "NAME" },
    },
  },
  run: (context, { session, category }) =>
    withStore(context, { mode: "write" }, async ({ config, store }) => {
      const { learnWorld } = await import("../world/learn.ts");
      const { recompute } = await import("../loop/learn.ts");
      const { signalRows } = await import("../views/signals.ts");
      const { renderSignals } = await import("./render-rows.ts");
      const done = await recompute(await learnWorld({ config, store, clock: context.clock }), {
        session: session ?? null,
        signal: context.stop,
      });
      if (!done.ok) return context.output.fail(done.failure);
      const rows = await store.read((reader) =>
        signalRows(reader, { session: session ?? null, category: category ?? null }),
      );
      context.output.answer(rows, () => renderSignals(rows, context.output));
      return 0;
    }),
});
