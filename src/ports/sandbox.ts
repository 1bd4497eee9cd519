/**
 * The outer wall around everything that an attempt runs: agent, setup and acceptance commands. Inside, the system is
 * read-only, other processes and the person's files are not there, and nothing survives the sandbox's end.
 */
import type { Readable, Writable } from "node:stream";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";

/** The one way out of walls without a network: what connects to a port of the loopback inside comes out at our socket. */
export interface Door {
  readonly port: number;
  /** Absolute: the socket outside, let in for these walls. */
  readonly socket: string;
}

export interface SandboxWalls {
  /** Absolute folders that may be written; everything else is read-only or not there. */
  readonly writable: readonly string[];
  /** Absolute files and folders that must not be seen; homes and temp folders are hidden anyway. */
  readonly hidden: readonly string[];
  /** Absolute files and folders that are shown although they lie under a hidden one, read-only. */
  readonly shown: readonly string[];
  /** False cuts the network: no sockets but loopback inside its own namespace. */
  readonly network: boolean;
  /** Only with `network: false`, where nothing else can hold the port. */
  readonly door?: Door;
}

export interface ProgramSpec {
  readonly command: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment: nothing is added to it. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a program ended: its exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A program and everything it started. Disposing ends them all and settles when none is left. */
export interface RunningProgram extends AsyncDisposable {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<Exit>;
  /** Ends the whole group at once; settles with how many processes had to be found and killed one by one (0 is the rule). */
  kill(): Promise<number>;
}

/** Starts programs inside given walls. */
export type SandboxedProgram = (spec: ProgramSpec) => Promise<Result<RunningProgram, Failure>>;

export interface Sandbox {
  /** Tries the wall by building one; fails with `gate_says_no` and the fix where it cannot be built. */
  preflight(): Promise<Result<void, Failure>>;
  within(walls: SandboxWalls): SandboxedProgram;
}
