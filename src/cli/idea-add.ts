import type { Command } from "@stricli/core";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { IDEA_ADD_PARAMETERS, type IdeaAddFlags } from "./idea-flags.ts";
import { withConfig, withStore } from "./open.ts";
import type { IdeaRead } from "./read-idea.ts";
import { showIdea } from "./show-idea.ts";

export const ideaAddCommand: Command<Context> = command<IdeaAddFlags, []>({
  brief: "Hand in a specification, to be worked on in a repository",
  examples: [
    "codex-loop idea add --repo . --file SPEC.md --wait",
    "codex-loop idea add --repo ~/shop --file SPEC.md --max-usd 1.50",
    "codex-loop idea add --repo . --file S.md --agent scripted --script s.yaml",
  ],
  parameters: IDEA_ADD_PARAMETERS,
  run: async (context, flags) => {
    if (flags.keep && !flags.wait) return context.output.fail(KEEP_NEEDS_WAIT);
    const read = await check(context, flags);
    return typeof read === "number" ? read : add(context, read, flags);
  },
});

/** Everything that can be wrong is looked at before a store is opened, let alone made: then nothing was registered. */
async function check(context: Context, flags: IdeaAddFlags): Promise<IdeaRead | number> {
  let found: IdeaRead | null = null;
  const code = await withConfig(context, {}, async (config) => {
    const [{ readIdea }, { openRepository }, { agentReady }, { codeHostReady }] = await Promise.all([
      import("./read-idea.ts"),
      import("../world/repository.ts"),
      import("../world/agent-ready.ts"),
      import("../world/no-code-host.ts"),
    ]);
    const read = await readIdea(flags, {
      config,
      repository: openRepository(),
      codeHostReady: () => codeHostReady(config),
      agentReady: (agent) => agentReady(config, agent),
    });
    if (read.ok) {
      found = read.value;
      return 0;
    }
    return context.output.fail(read.failure);
  });
  return found ?? code;
}

async function add(context: Context, read: IdeaRead, flags: IdeaAddFlags): Promise<number> {
  const { warnings, ...wanted } = read;
  for (const warning of warnings) context.output.note(warning);
  return withStore(context, { mode: "write" }, async (opened) => {
    const { register } = await import("./register-idea.ts");
    const id = await register(context, opened, { ...wanted, origin: "cli" });
    if (flags.wait) {
      const { waitForIdea } = await import("./wait-idea.ts");
      return waitForIdea(context, opened, { id, keep: flags.keep });
    }
    context.output.note(`Nothing works on it before \`codex-loop up\` runs, or: codex-loop idea resume ${id} --wait`);
    return showIdea(context, opened.store, id);
  });
}

const KEEP_NEEDS_WAIT = {
  code: "usage",
  message: "--keep goes with --wait.",
  cause: "Whoever runs the agent keeps its folder, and without --wait that is the server.",
  hint: "Do this: add --wait, or leave --keep out.",
  retry: "never",
} as const;
