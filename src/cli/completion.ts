/** Shell completion: a small script per shell that asks the program itself what may come next. */
import { type Application, type Command, proposeCompletions } from "@stricli/core";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import type { IdNoun } from "../world/live-ids.ts";
import { GLOBAL_OPTIONS, splitGlobals } from "./globals.ts";

const SCRIPTS = {
  bash: `_codex_loop() {
  local IFS=$'\\n'
  COMPREPLY=($(codex-loop complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _codex_loop codex-loop
`,
  zsh: `#compdef codex-loop
_codex_loop() {
  local -a found
  found=(\${(f)"$(codex-loop complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  compadd -a found || _files
}
compdef _codex_loop codex-loop
`,
  fish: `complete -c codex-loop -a '(set -l words (commandline -opc) (commandline -ct); codex-loop complete -- $words[2..-1] 2>/dev/null)'
`,
} as const;

export const completionCommand: Command<Context> = command<Record<never, never>, ["bash" | "zsh" | "fish"]>({
  brief: "Print the completion script of a shell",
  examples: [
    "codex-loop completion bash >> ~/.bashrc",
    "codex-loop completion zsh > ~/.zfunc/_codex-loop",
    "codex-loop completion fish > ~/.config/fish/completions/codex-loop.fish",
  ],
  parameters: {
    positional: { kind: "tuple", parameters: [{ parse: shell, brief: "bash, zsh or fish", placeholder: "SHELL" }] },
  },
  run: async (context, _flags, name) => {
    context.output.answer({ shell: name, script: SCRIPTS[name] }, () => SCRIPTS[name]);
    return 0;
  },
});

/**
 * Called by the scripts with the words typed so far; the last one is still being typed. `application` is the one this
 * command is part of, so it can only be asked for later.
 */
export function completeCommand(application: () => Application<Context>): Command<Context> {
  return command<Record<never, never>, string[]>({
    brief: "What may come next on a command line (called by the completion scripts)",
    examples: ["codex-loop complete -- sessions sh"],
    parameters: {
      positional: { kind: "array", parameter: { parse: text, brief: "Words so far", placeholder: "WORD" } },
    },
    run: async (context, _flags, ...words) => {
      const { globals, rest } = splitGlobals(words.slice(0, -1));
      const typed = words.at(-1) ?? "";
      const asked = { process: context.process, forCommand: (): Context => context };
      const own = await proposeCompletions(application(), [...rest, typed], asked);
      const common = typed.startsWith("-")
        ? GLOBAL_OPTIONS.map(({ name }) => name).filter((name) => name.startsWith(typed))
        : [];
      const ids = await liveIds(context, { before: rest.join(" "), typed, store: globals.store });
      // The framework offers `--`, which only matters to words that begin with a dash.
      const proposed = own.map(({ completion }) => completion).filter((completion) => completion !== "--");
      const names = new Set([...proposed, ...common, ...ids]);
      context.output.answer([...names], () => [...names].join("\n"));
      return 0;
    },
  });
}

interface Typing {
  /** The words before the one that is being typed, without global options. */
  readonly before: string;
  readonly typed: string;
  readonly store: string | null;
}

/** Ids where one is expected, by what stands before it. */
async function liveIds(context: Context, { before, typed, store }: Typing): Promise<readonly string[]> {
  const noun = nounOf(before);
  if (noun === null) return [];
  const { liveIds: ids } = await import("../world/live-ids.ts");
  const { clock, random, environment } = context;
  return ids(noun, typed, { clock, random, environment, store });
}

function nounOf(before: string): IdNoun | null {
  if (before === "sessions show" || before.endsWith("--session") || before.endsWith("--session-id")) return "session";
  if (/^idea (show|approve|pause|resume|cancel)$/.test(before)) return "idea";
  if (/^run (show|logs|cancel|replay)$/.test(before)) return "run";
  return /^approvals (grant|deny)$/.test(before) ? "approval" : null;
}

function shell(input: string): "bash" | "zsh" | "fish" {
  if (input === "bash" || input === "zsh" || input === "fish") return input;
  throw new SyntaxError(`"${input}" is not bash, zsh or fish`);
}
