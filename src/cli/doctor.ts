import type { Command } from "@stricli/core";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";

export const doctorCommand: Command<Context> = command<Record<never, never>, []>({
  brief: "Check the surroundings and print each fix; exit 1 when something must be mended",
  examples: ["codex-loop doctor", "codex-loop doctor --json"],
  parameters: {},
  run: (context) =>
    withConfig(context, {}, async (config) => {
      const { examine } = await import("../world/doctor.ts");
      const checks = await examine(config, { clock: context.clock, random: context.random });
      context.output.answer(checks, () =>
        checks
          .map((check) => {
            const mark = check.ok
              ? context.output.style("green", "ok  ")
              : context.output.style(check.required ? "red" : "yellow", check.required ? "FIX " : "note");
            return `${mark}  ${check.check}: ${check.found}${check.fix === null ? "" : `\n      ${check.fix}`}`;
          })
          .join("\n"),
      );
      return checks.some((check) => check.required && !check.ok) ? 1 : 0;
    }),
});
