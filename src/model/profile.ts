import type { CapWishes } from "./cap.ts";

/** A command as an argument list, or one line for a shell, with nothing ever put into it. */
export type CommandLine = readonly string[] | string;

export interface AcceptanceCommand {
  readonly name: string;
  readonly run: CommandLine;
  /** Seconds. */
  readonly timeout: number;
}

/** What a repository says about itself in `.codex-loop/profile.yaml`, defaults filled in. */
export interface Profile {
  /** Makes the dependencies; network, no keys. Empty: nothing to do. */
  readonly setup: readonly CommandLine[];
  readonly acceptance: readonly AcceptanceCommand[];
  /** Globs that an attempt may change; empty: all that are not protected. */
  readonly allowedPaths: readonly string[];
  /** Words for the agent: what belongs to this repository and what does not. */
  readonly scope: string | null;
  readonly caps: CapWishes;
  /** Attempts at once in this repository. */
  readonly maxParallel: number;
}
