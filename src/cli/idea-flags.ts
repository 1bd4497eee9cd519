import { AGENT_KINDS, type AgentKind } from "../model/idea.ts";
import type { CapWishes } from "../model/cap.ts";
import { type CommandSpec, text, upTo } from "./command.ts";

/** What a person says with `idea add`. */
export interface IdeaAddFlags {
  readonly repo?: string;
  readonly file: string;
  readonly agent?: AgentKind;
  readonly script?: string;
  readonly maxUsd?: number;
  readonly maxTokens?: number;
  readonly maxMinutes?: number;
  readonly branch?: string;
  readonly keep: boolean;
  readonly wait: boolean;
}

const one = { kind: "parsed", parse: text, optional: true } as const;
/** The same bounds as a profile has for its caps. */
const MOST = { usd: 100_000, tokens: 1_000_000_000, minutes: 1440 } as const;
const limit = { kind: "parsed", optional: true, placeholder: "N" } as const;
const none = { kind: "boolean", default: false, withNegated: false } as const;

export const IDEA_ADD_PARAMETERS: CommandSpec<IdeaAddFlags, []>["parameters"] = {
  flags: {
    repo: { ...one, brief: "Git repository of this machine, or OWNER/NAME", placeholder: "PATH" },
    file: { kind: "parsed", parse: text, brief: "Specification: Markdown, title and sections", placeholder: "SPEC.md" },
    agent: {
      kind: "parsed",
      parse: agentKind,
      optional: true,
      brief: "codex or scripted; default: the setting `agent`",
      placeholder: "AGENT",
    },
    script: { ...one, brief: "Steps of the scripted agent, YAML", placeholder: "FILE" },
    maxUsd: { ...limit, parse: dollars, brief: "Most US dollars of a run" },
    maxTokens: { ...limit, parse: upTo(MOST.tokens), brief: "Most tokens of a run" },
    maxMinutes: { ...limit, parse: upTo(MOST.minutes), brief: "Most minutes of a run" },
    branch: { ...one, brief: "Branch to start from; default the one checked out", placeholder: "NAME" },
    keep: { ...none, brief: "Keep the folders of its runs; goes with --wait" },
    wait: { ...none, brief: "Work on it, and follow it to its end" },
  },
};

/** What the flags say about limits; what they leave out comes from profile and settings. */
export function capWishes({ maxUsd, maxTokens, maxMinutes }: IdeaAddFlags): CapWishes {
  return {
    ...(maxUsd === undefined ? {} : { microDollars: Math.round(maxUsd * 1_000_000) }),
    ...(maxTokens === undefined ? {} : { tokens: maxTokens }),
    ...(maxMinutes === undefined ? {} : { minutes: maxMinutes }),
  };
}

function agentKind(input: string): AgentKind {
  const kind = AGENT_KINDS.find((known) => known === input);
  if (kind === undefined) throw new SyntaxError(`"${input}" is neither ${AGENT_KINDS.join(" nor ")}`);
  return kind;
}

function dollars(input: string): number {
  const value = Number(input);
  if (!/^\d+(\.\d{1,6})?$/.test(input) || value <= 0) throw new SyntaxError(`"${input}" is not an amount such as 0.50`);
  if (value > MOST.usd) throw new SyntaxError(`"${input}" is more than ${MOST.usd}`);
  return value;
}
