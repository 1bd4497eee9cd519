import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../kit/clock.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { CommandLine } from "../model/profile.ts";
import type { RunningProgram, SandboxedProgram } from "../ports/sandbox.ts";
import { BoundedText } from "./bounded-text.ts";

export interface CommandWish {
  readonly command: CommandLine;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Seconds; none: the caps of the attempt bind. */
  readonly timeout?: number;
}

export interface CommandEnd {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly seconds: number;
  /** stdout and stderr as they came; the middle of a long one is left out. */
  readonly output: BoundedText;
}

export interface CommandWorld {
  readonly clock: Clock;
  readonly program: SandboxedProgram;
}

/** Bytes of output that are kept of one command. */
const OUTPUT_LIMIT = 1024 * 1024;

/** Runs a command to its end, or to its time's, and ends everything that it left running. */
export async function runCommand(wish: CommandWish, world: CommandWorld): Promise<Result<CommandEnd, Failure>> {
  const begun = world.clock.elapsed();
  const started = await world.program({ command: argumentsOf(wish.command), cwd: wish.cwd, env: wish.env });
  if (!started.ok) return fail(started.failure);
  const program = started.value;
  const output = gather(program);
  program.stdin.on("error", () => {});
  program.stdin.end();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    program.kill().catch(() => {});
  }, milliseconds(wish.timeout));
  const exit = await program.exited.finally(() => clearTimeout(timer));
  // A background process may hold the pipes open: once it is gone, what is left in them comes to an end.
  await program.kill();
  await drained([program.stdout, program.stderr]);
  const seconds = (world.clock.elapsed() - begun) / 1000;
  return ok({ exitCode: timedOut ? null : exit.code, timedOut, seconds, output });
}

/** Nothing is put into a line: a shell gets it as the repository's owner wrote it. */
export function argumentsOf(command: CommandLine): readonly [string, ...string[]] {
  if (typeof command === "string") return ["/bin/sh", "-c", command];
  const [program = "", ...rest] = command;
  return [program, ...rest];
}

/** A timer's longest time is 24 days; the attempt's own clock ends before. */
function milliseconds(seconds: number | undefined): number {
  return Math.min((seconds ?? Infinity) * 1000, 2 ** 31 - 1);
}

/** Settles when all output has been read, or after a second: a pipe that somebody unknown holds must not hold us. */
async function drained(streams: readonly Readable[]): Promise<void> {
  const late = new AbortController();
  const ends = streams.map((stream) => finished(stream, { writable: false }).catch(() => {}));
  await Promise.race([Promise.all(ends), wait(1000, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
}

function gather(program: RunningProgram): BoundedText {
  const output = new BoundedText(OUTPUT_LIMIT);
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (chunk: Buffer) => output.add(chunk));
    stream.on("error", () => {});
  }
  return output;
}
