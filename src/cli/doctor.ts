import type { Command } from "@stricli/core";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";

export const doctorCommand: Command<Context> = command<{ readonly repo?: string }, []>({
  brief: "Check the surroundings and print each fix; exit 1 when something must be mended",
  examples: ["codex-loop doctor", "codex-loop doctor --json", "codex-loop doctor --repo ../shop"],
  parameters: {
    flags: {
      repo: {
        kind: "parsed",
        parse: text,
        optional: true,
        brief: "A repository too: its effective profile and policy",
        placeholder: "PATH",
      },
    },
  },
  run: (context, { repo }) =>
    withConfig(context, {}, async (config) => {
      const { examine } = await import("../world/doctor.ts");
      const around = { clock: context.clock, random: context.random };
      const { examineRepository } = await import("../world/doctor-repository.ts");
      const ofRepository = repo === undefined ? [] : await examineRepository(repo, config.settings);
      const checks = [...(await examine(config, around)), ...ofRepository];
      const [{ stringify }, { renderDoctor }] = await Promise.all([import("yaml"), import("./render-doctor.ts")]);
      context.output.answer(checks, () => renderDoctor(checks, { output: context.output, write: stringify }));
      return checks.some((check) => check.required && !check.ok) ? 1 : 0;
    }),
});
