import type { Command } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import type { DoctorCheck } from "../world/doctor-check.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";

export const doctorCommand: Command<Context> = command<{ readonly repo?: string }, []>({
  brief: "Check the surroundings and print each fix; exit 1 when something must be mended, 2 for a mistake in a file",
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
      return exitOf(checks);
    }),
});

/** A mistake in a file ends here as it does wherever the file is read. */
function exitOf(checks: readonly DoctorCheck[]): number {
  if (!checks.some((check) => check.required && !check.ok)) return 0;
  return checks.some(({ refused }) => refused?.code === "config_invalid") ? FAILURE_EXITS.config_invalid : 1;
}
