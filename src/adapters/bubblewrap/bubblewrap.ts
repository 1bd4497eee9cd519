import { userInfo } from "node:os";
import { text } from "node:stream/consumers";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { ProgramSpec, RunningProgram, Sandbox, SandboxedProgram, SandboxWalls } from "../../ports/sandbox.ts";
import { machineFacts } from "./machine-facts.ts";
import { wallArguments } from "./wall-arguments.ts";
import { wallPlaces } from "./wall-places.ts";
import { notInstalled, notLinux, wallTrouble } from "./wall-trouble.ts";

export interface BubblewrapTools {
  /** The program; `null` when there is none, and then nothing ever runs. */
  readonly bwrap: string | null;
  /** Starts it, and ends it with everything that it started. */
  readonly start: SandboxedProgram;
  /** What every wall shows although it lies under a hidden folder: the tools of a person, as Node and the Codex CLI. */
  readonly shown: readonly string[];
  /** The command, before `PORT SOCKET -- PROGRAM…`, that opens a door inside and then runs the program. */
  readonly doorkeeper: readonly string[];
}

/**
 * Walls by bubblewrap. The program's environment is the one it is given, and PWD. There is no way through here that runs
 * a program without a wall.
 */
export function bubblewrap(tools: BubblewrapTools): Sandbox {
  return {
    preflight: () => preflight(tools),
    within: (walls) => (spec) => startWithin(tools, { walls, spec }),
  };
}

interface Wish {
  readonly walls: SandboxWalls;
  readonly spec: ProgramSpec;
}

async function startWithin(tools: BubblewrapTools, { walls, spec }: Wish): Promise<Result<RunningProgram, Failure>> {
  if (process.platform !== "linux") return fail(notLinux(process.platform));
  if (tools.bwrap === null) return fail(notInstalled());
  const { homedir, uid } = userInfo();
  const shown = [...tools.shown, ...walls.shown, ...(walls.door === undefined ? [] : [walls.door.socket])];
  const places = await wallPlaces({ ...walls, shown }, homedir);
  if (!places.ok) return places;
  const wall = wallArguments({ places: places.value, network: walls.network, isRoot: uid === 0 });
  const program = [...doorOf(tools, walls), ...spec.command];
  const command = [tools.bwrap, ...wall, "--chdir", spec.cwd, "--", ...program] as const;
  return tools.start({ command, cwd: "/", env: spec.env });
}

function doorOf({ doorkeeper }: BubblewrapTools, { door }: SandboxWalls): readonly string[] {
  return door === undefined ? [] : [...doorkeeper, String(door.port), door.socket, "--"];
}

/** A wall like those of acceptance commands, the narrowest there are. */
const NARROWEST: SandboxWalls = { writable: [], hidden: [], shown: [], network: false };
const NOTHING: ProgramSpec = { command: ["/bin/sh", "-c", ":"], cwd: "/", env: {} };

async function preflight(tools: BubblewrapTools): Promise<Result<void, Failure>> {
  const started = await startWithin(tools, { walls: NARROWEST, spec: NOTHING });
  if (!started.ok) return started;
  await using program = started.value;
  program.stdin.end();
  program.stdout.resume();
  const [said, exit] = await Promise.all([text(program.stderr), program.exited]);
  return exit.code === 0 ? ok(undefined) : fail(wallTrouble(said, machineFacts()));
}
