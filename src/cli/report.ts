import { writeFile } from "node:fs/promises";
import type { Command } from "@stricli/core";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

export const reportCommand: Command<Context> = command<{ readonly markdown?: string }, []>({
  brief: "What was learned, the costliest friction first",
  examples: ["codex-loop report", "codex-loop report --markdown report.md", "codex-loop report --json"],
  parameters: {
    flags: {
      markdown: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "Also write it as Markdown to this file",
        placeholder: "FILE",
      },
    },
  },
  run: (context, { markdown }) =>
    withStore(context, { mode: "read" }, async ({ config, store }) => {
      const { learnedReport } = await import("../views/report.ts");
      const { renderReport } = await import("./render-report.ts");
      const report = await store.read((reader) =>
        learnedReport(reader, { now: context.clock.now(), minimumN: config.settings.minimum_n }),
      );
      if (markdown !== undefined) {
        const { reportMarkdown } = await import("./report-markdown.ts");
        await writeFile(markdown, reportMarkdown(report));
        context.output.note(`Written: ${markdown}`);
      }
      context.output.answer(report, () => renderReport(report, context.output));
      return 0;
    }),
});
