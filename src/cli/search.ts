import type { Command } from "@stricli/core";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

export const searchCommand: Command<Context> = command<{ readonly limit?: number }, string[]>({
  brief: "Find sessions by what people and the agent said and the commands run",
  examples: ["codex-loop search add test", 'codex-loop search "git push" --json'],
  parameters: {
    flags: {
      limit: {
        kind: "parsed",
        parse: wholeNumber,
        optional: true,
        brief: "At most N hits; default 20",
        placeholder: "N",
      },
    },
    positional: { kind: "array", minimum: 1, parameter: { parse: text, brief: "Words to find", placeholder: "TEXT" } },
  },
  run: (context, { limit }, ...words) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { searchRows } = await import("../views/search.ts");
      const { renderSearch } = await import("./render-rows.ts");
      const rows = await store.read((reader) => searchRows(reader, { text: words.join(" "), limit: limit ?? 20 }));
      context.output.answer(rows, () => renderSearch(rows, context.output));
      return 0;
    }),
});
