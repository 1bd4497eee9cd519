import type { Command } from "@stricli/core";
import { counted } from "../kit/text.ts";
import type { ControlWord } from "../model/control.ts";
import type { StopWish } from "../model/attempt.ts";
import type { ControlRow, HoldRow, ResumeRow } from "../views/shapes/control.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore, type Opened } from "./open.ts";
import { visible } from "./visible.ts";
import type { ScopeFlags } from "./work-meant.ts";

const scopeFlags = {
  repo: { kind: "parsed", parse: text, optional: true, brief: "Only work of this repository", placeholder: "PATH" },
  idea: {
    kind: "parsed",
    parse: text,
    optional: true,
    brief: "Only this idea; the start of its id",
    placeholder: "ID",
  },
} as const;

const reasonFlag = {
  kind: "parsed",
  parse: text,
  optional: true,
  brief: "Why, for whoever asks",
  placeholder: "TEXT",
} as const;

export const pauseCommand: Command<Context> = command<ScopeFlags & { readonly reason?: string }, []>({
  brief: "Start nothing new until `resume`; what runs goes on to its end",
  examples: [
    "codex-loop pause",
    'codex-loop pause --repo ~/work/api --reason "the build is red"',
    "codex-loop pause --idea 01a1f6cc",
  ],
  parameters: { flags: { ...scopeFlags, reason: reasonFlag } },
  run: (context, { reason, ...scope }) => hold(context, scope, { word: "paused", running: null, reason }),
});

export const stopCommand: Command<Context> = command<
  ScopeFlags & { readonly now: boolean; readonly reason?: string },
  []
>({
  brief: "The kill switch: start nothing new and end what runs; what is queued stays queued",
  examples: ["codex-loop stop", "codex-loop stop --now", "codex-loop stop --now --repo ~/work/api"],
  parameters: {
    flags: {
      ...scopeFlags,
      now: {
        kind: "boolean",
        default: false,
        brief: "End runs at once, not after the turn at hand",
        withNegated: false,
      },
      reason: reasonFlag,
    },
  },
  run: (context, { now, reason, ...scope }) =>
    hold(context, scope, { word: "stopped", running: now ? "now" : "safe", reason }),
});

export const resumeCommand: Command<Context> = command<ScopeFlags, []>({
  brief: "Lift what `pause` or `stop` holds back in that scope",
  examples: ["codex-loop resume", "codex-loop resume --repo ~/work/api", "codex-loop resume --idea 01a1f6cc"],
  parameters: { flags: scopeFlags },
  run: (context, scope) =>
    withStore(context, { mode: "write" }, async ({ store }) => {
      const { letGoOn } = await import("../loop/operate-work.ts");
      const { workMeant } = await import("./work-meant.ts");
      const of = await workMeant(store, scope);
      if (!of.ok) return context.output.fail(of.failure);
      const resumed = await store.write({ actor: "operator" }, (tx) => letGoOn(tx, of.value));
      if (!resumed.ok) return context.output.fail(resumed.failure);
      context.output.answer(resumed.value, () => toldResumed(resumed.value));
      return 0;
    }),
});

interface HoldFlags {
  readonly word: ControlWord;
  readonly running: StopWish | null;
  readonly reason: string | undefined;
}

function hold(context: Context, scope: ScopeFlags, flags: HoldFlags): Promise<number> {
  return withStore(context, { mode: "write" }, async (opened) => {
    const { holdBack } = await import("../loop/operate-work.ts");
    const { holdRow } = await import("../views/controls.ts");
    const reason = await redacted(opened, flags.reason ?? "no reason given");
    const { workMeant } = await import("./work-meant.ts");
    const of = await workMeant(opened.store, scope);
    if (!of.ok) return context.output.fail(of.failure);
    const wish = { of: of.value, word: flags.word, running: flags.running, reason };
    const held = await opened.store.write({ actor: "operator" }, (tx) => holdBack(tx, wish));
    if (!held.ok) return context.output.fail(held.failure);
    const row = holdRow(held.value);
    context.output.answer(row, () => toldHeld(row));
    return 0;
  });
}

async function redacted({ config, store }: Opened, words: string) {
  const { openRedaction } = await import("../world/redaction.ts");
  return (await openRedaction(store, { secrets: config.secrets, home: config.settings.home }))(words);
}

function toldHeld(row: HoldRow): string {
  const ends = [
    ...(row.stopping.length === 0 ? [] : [`${counted(row.stopping.length, "run")} told to end`]),
    ...(row.ended.length === 0 ? [] : [`${counted(row.ended.length, "run")} ended before it began`]),
  ];
  return [line(row), ...ends, `Next: codex-loop resume${flagsOf(row.scope)}`].join("\n");
}

function toldResumed({ scope, lifted, remaining }: ResumeRow): string {
  const first = lifted === null ? `Nothing was held back: ${named(scope)}` : `No longer ${lifted}: ${named(scope)}`;
  return [first, ...remaining.map((row) => `still ${line(row)}`)].join("\n");
}

function line({ scope, word, reason, since }: ControlRow): string {
  return `${word}: ${named(scope)} since ${since} (${visible(reason)})`;
}

function named(scope: string): string {
  return scope === "all" ? "everything" : visible(scope.replace("/", " "));
}

function flagsOf(scope: string): string {
  if (scope === "all") return "";
  return scope.startsWith("idea/") ? ` --idea ${scope.slice(5)}` : ` --repo ${visible(scope.slice(11))}`;
}
