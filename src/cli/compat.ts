import type { Command } from "@stricli/core";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { table } from "./table.ts";

export const compatCommand: Command<Context> = command<Record<never, never>, string[]>({
  brief: "A predecessor's numbers from its own files, beside ours, with the reason for each difference",
  examples: [
    "codex-loop compat spine ~/.codex/trace_spine/ID/segment-000.jsonl",
    "codex-loop compat toolcalls .codex/toolcalls.ndjson --json",
  ],
  parameters: {
    positional: {
      kind: "array",
      minimum: 2,
      parameter: { parse: text, brief: "spine or toolcalls, then files of that format", placeholder: "FORMAT FILE" },
    },
  },
  run: async (context, _flags, format = "", ...files) => {
    const { compatOf } = await import("../world/compat.ts");
    const rows = await compatOf(format, files);
    if (!rows.ok) return context.output.fail(rows.failure);
    const columns = [
      { title: "metric", value: (row: (typeof rows.value)[number]) => row.metric },
      {
        title: "theirs",
        value: (row: (typeof rows.value)[number]) => String(row.theirs ?? "–"),
        align: "right" as const,
      },
      { title: "ours", value: (row: (typeof rows.value)[number]) => String(row.ours ?? "–"), align: "right" as const },
      { title: "why", value: (row: (typeof rows.value)[number]) => row.why, elastic: true },
    ];
    context.output.answer(rows.value, () => table(rows.value, columns, context.output));
    return 0;
  },
});
