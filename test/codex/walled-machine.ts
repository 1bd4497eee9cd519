/** A small machine in a folder: a person with secrets, a store, a sibling's attempt, and an attempt with walls around it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { bubblewrap } from "../../src/adapters/bubblewrap/bubblewrap.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import type { Exit, SandboxedProgram, SandboxWalls } from "../../src/ports/sandbox.ts";

export const BWRAP: string = process.env["BWRAP"] ?? "";
/** Our way to the gateway, as the world puts it together. */
export const DOORKEEPER: readonly [string, string] = [
  realpathSync(process.execPath),
  realpathSync(join(import.meta.dirname, "../../bin/doorkeeper.mjs")),
];
const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Outside of /tmp and, in most checkouts, of every home: what is hidden there is hidden by its own wall. */
const PLACE = realpathSync(join(import.meta.dirname, "../../node_modules"));

export interface WalledMachine extends AsyncDisposable {
  readonly person: string;
  readonly store: string;
  readonly sibling: string;
  readonly socket: string;
  readonly tree: string;
  readonly home: string;
  /** A folder that nobody gave to the attempt. */
  readonly elsewhere: string;
  readonly walls: SandboxWalls;
  readonly env: Readonly<Record<string, string>>;
}

export async function walledMachine(): Promise<WalledMachine> {
  mkdirSync(join(PLACE, ".cache"), { recursive: true });
  const root = mkdtempSync(join(PLACE, ".cache/walls-"));
  const at = (path: string): string => join(root, path);
  for (const path of [
    "person/.codex",
    "person/.ssh",
    "loop/attempts/1/tree",
    "loop/attempts/1/home",
    "loop/attempts/1/tmp",
    "loop/attempts/2",
    "elsewhere",
  ])
    mkdirSync(at(path), { recursive: true });
  for (const path of ["person/.codex/auth.json", "person/.ssh/key", "loop/store.db", "loop/attempts/2/notes"])
    writeFileSync(at(path), "PRIVATE\n");
  const service = await listening(at("person/agent.sock"));
  const machine = { tree: at("loop/attempts/1/tree"), home: at("loop/attempts/1/home") };
  const temp = at("loop/attempts/1/tmp");
  return {
    ...machine,
    person: at("person"),
    store: at("loop/store.db"),
    sibling: at("loop/attempts/2/notes"),
    socket: at("person/agent.sock"),
    elsewhere: at("elsewhere"),
    walls: {
      writable: [machine.tree, machine.home, temp],
      hidden: [at("person"), at("loop")],
      shown: [],
      network: true,
    },
    env: {
      PATH: SYSTEM_PATH,
      HOME: machine.home,
      TMPDIR: temp,
      CODEX_HOME: machine.home,
      STORE: at("loop/store.db"),
      PERSON: at("person"),
    },
    [Symbol.asyncDispose]: async () => {
      service.close();
      await once(service, "close");
      rmSync(root, { recursive: true });
    },
  };
}

async function listening(path: string): Promise<Server> {
  const server = createServer();
  server.listen(path);
  await once(server, "listening");
  return server;
}

/** Programs inside the machine's walls, and the same ones without any: each probe has to succeed out there. */
export function inside(walls: SandboxWalls, shown: readonly string[] = []): SandboxedProgram {
  return bubblewrap({
    bwrap: BWRAP,
    start: startProgram,
    shown: [...shown, ...DOORKEEPER],
    doorkeeper: DOORKEEPER,
  }).within(walls);
}
export const outside: SandboxedProgram = startProgram;

export interface Said {
  readonly out: string;
  readonly err: string;
  readonly exit: Exit;
  /** Processes that had to be killed one by one. */
  readonly hunted: number;
}

/** Runs a line of shell, or a command, in the machine's tree to its end and ends what it left. */
export async function runLine(
  program: SandboxedProgram,
  machine: WalledMachine,
  line: string | readonly [string, ...string[]],
): Promise<Said> {
  const command = typeof line === "string" ? (["/bin/sh", "-c", line] as const) : line;
  const started = await program({ command, cwd: machine.tree, env: machine.env });
  if (!started.ok) throw new Error(started.failure.message + started.failure.cause);
  const { stdin, stdout, stderr, exited, kill } = started.value;
  stdin.end();
  const [out, err, exit] = await Promise.all([text(stdout), text(stderr), exited]);
  return { out, err, exit, hunted: await kill() };
}
