import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";
import { table } from "./table.ts";

const show: Command<Context> = command<{ readonly origin: boolean }, []>({
  brief: "Every setting with its value; secrets only as set or not set",
  examples: ["codex-loop config show", "codex-loop config show --origin"],
  parameters: {
    flags: {
      origin: {
        kind: "boolean",
        default: false,
        withNegated: false,
        brief: "Also say what set each: flag, variable, file and line, or default",
      },
    },
  },
  run: (context, { origin }) =>
    withConfig(context, {}, async (config) => {
      const { configRows } = await import("../config/config-rows.ts");
      const rows = configRows(config);
      const columns = [
        { title: "setting", value: (row: (typeof rows)[number]) => row.name },
        { title: "value", value: (row: (typeof rows)[number]) => shown(row.value), elastic: true },
        ...(origin ? [{ title: "set by", value: (row: (typeof rows)[number]) => row.origin }] : []),
      ];
      context.output.answer(rows, () => table(rows, columns, context.output));
      return 0;
    }),
});

export const configRoutes: RouteMap<Context> = buildRouteMap<"show", Context>({
  routes: { show },
  docs: { brief: "Settings and where they come from" },
});

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
