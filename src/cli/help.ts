import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { GLOBAL_OPTIONS } from "./globals.ts";
import { table } from "./table.ts";

const exitCodes: Command<Context> = command<Record<never, never>, []>({
  brief: "What each exit code means",
  examples: ["codex-loop help exit-codes"],
  parameters: {},
  run: async (context) => {
    const rows = [{ code: "ok", exit: 0 }, ...Object.entries(FAILURE_EXITS).map(([code, exit]) => ({ code, exit }))];
    const columns = [
      { title: "exit", value: (row: (typeof rows)[number]) => String(row.exit), align: "right" as const },
      { title: "failure code", value: (row: (typeof rows)[number]) => row.code },
    ];
    context.output.answer(rows, () => table(rows, columns, context.output));
    return 0;
  },
});

const options: Command<Context> = command<Record<never, never>, []>({
  brief: "Options that every command takes",
  examples: ["codex-loop help options"],
  parameters: {},
  run: async (context) => {
    const rows = GLOBAL_OPTIONS.map(({ usage, meaning }) => ({ option: usage, meaning }));
    context.output.answer(rows, () => rows.map((row) => `${row.option.padEnd(17)}${row.meaning}`).join("\n"));
    return 0;
  },
});

export const helpRoutes: RouteMap<Context> = buildRouteMap<"exit-codes" | "options", Context>({
  routes: { "exit-codes": exitCodes, options },
  docs: { brief: "Exit codes and options of every command" },
});
