/** What an agent may ask for in the middle of a turn. Text is as the agent wrote it: not redacted, never stored as such. */
export const ASK_ACTIONS = ["command", "patch", "permissions", "input", "change"] as const;
export type AskAction = (typeof ASK_ACTIONS)[number];

export interface Ask {
  /** The same ask keeps its key, so that asking again is the same question. */
  readonly key: string;
  readonly action: AskAction;
  /** The command line, the patch, the permission or the question. */
  readonly subject: string;
  /** For `command`: its arguments and folder; for `patch`: the paths it touches. */
  readonly command?: readonly string[];
  readonly cwd?: string;
  readonly paths?: readonly string[];
  /** For `input`: what is asked, each with the ids and words to choose from. */
  readonly questions?: readonly AskedQuestion[];
  /** Why the agent asks, in its own words. */
  readonly reason: string;
  /** The call of the agent that waits. */
  readonly callId: string | null;
}

export interface AskedQuestion {
  readonly id: string;
  readonly text: string;
  readonly options: readonly string[];
}

/** `by` says who decided; a denial's reason is told to the agent. */
export type Answer =
  | { readonly kind: "granted"; readonly by: "policy" | "person"; readonly answers?: Readonly<Record<string, string>> }
  | { readonly kind: "denied"; readonly by: "policy" | "person"; readonly reason: string }
  | { readonly kind: "expired" }
  /** The attempt is being stopped: no answer will come. */
  | { readonly kind: "void" };
