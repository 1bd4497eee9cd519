import type { CommandContext } from "@stricli/core";
import { systemClock, type Clock } from "../kit/clock.ts";
import { systemRandom, type Random } from "../kit/random.ts";
import type { Globals } from "./globals.ts";
import { Output, type Stream } from "./output.ts";

/** What every command function finds in `this`. */
export interface Context extends CommandContext {
  readonly output: Output;
  readonly globals: Globals;
  readonly stderr: Stream;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted by the first Ctrl-C; a second one ends the process at once. */
  readonly stop: AbortSignal;
  /** Set by the command that ran; the framework sets its own negative code only where none did. */
  readonly process: CommandContext["process"] & { exitCode?: number | string | null };
}

export interface Surroundings {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly stop: AbortSignal;
}

/** What the framework itself prints on stderr is collected, so that it leaves as a proper failure or as help. */
export interface Collected {
  text: string;
}

export function newContext(globals: Globals, around: Surroundings, framework: Collected): Context {
  const { stdout, stderr, environment, stop } = around;
  return {
    process: { stdout, stderr: { write: (text: string) => void (framework.text += text) } },
    output: new Output({ stdout, stderr, globals, environment }),
    globals,
    stderr,
    environment,
    clock: systemClock,
    random: systemRandom,
    stop,
  };
}
