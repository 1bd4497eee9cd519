import { spawn } from "node:child_process";
import { surroundings, TAMED } from "./tamed.ts";

export interface GitCall {
  readonly args: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  /** On top of the environment that every call gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export interface GitRun {
  /** `null` when a signal ended it, or it could not be started. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** What it said, or why it could not be started. */
  readonly said: string;
}

export type Git = (call: GitCall) => Promise<GitRun>;

/** Ten minutes: a clone of a huge repository from a slow disk takes some. */
const LONGEST_MS = 600_000;
/** Bytes of stdout; what is longer ends the call. */
const MOST_OUTPUT = 256 * 1024 * 1024;
const MOST_SAID = 64 * 1024;

/** Git of `searchPath` (a `PATH`), with no configuration but ours and nothing that a repository can make it run. */
export function gitOf(searchPath: string): Git {
  return (call) => runGit(call, surroundings(searchPath));
}

function runGit(call: GitCall, env: Readonly<Record<string, string>>): Promise<GitRun> {
  const { promise, resolve } = Promise.withResolvers<GitRun>();
  const child = spawn("git", [...TAMED, "-C", call.folder, ...call.args], {
    cwd: "/",
    env: { ...env, ...call.env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  const out = gather(child.stdout, MOST_OUTPUT, () => child.kill("SIGKILL"));
  const said = gather(child.stderr, MOST_SAID, () => {});
  child.on("error", (error) => resolve({ code: null, stdout: Buffer.alloc(0), said: error.message }));
  child.on("close", (code) => resolve({ code, stdout: out(), said: said().toString("utf8").trim() }));
  // Git may end before it has read everything; its exit code says what there is to say.
  child.stdin.on("error", () => {});
  child.stdin.end(call.input ?? "");
  return promise;
}

/** Keeps the first `most` bytes; `onMore` is told once there are more. */
function gather(stream: NodeJS.ReadableStream, most: number, onMore: () => void): () => Buffer {
  const pieces: Buffer[] = [];
  let kept = 0;
  stream.on("data", (piece: Buffer) => {
    if (kept + piece.length > most) return onMore();
    pieces.push(piece);
    kept += piece.length;
  });
  return () => Buffer.concat(pieces);
}
