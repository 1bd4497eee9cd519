import { spawn } from "node:child_process";

export interface NodeRun {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

export interface NodeSurroundings {
  readonly cwd: string;
  /** The whole environment of the script: nothing is added to it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a script with this very Node to its end. */
export function runNode(args: readonly string[], { cwd, env }: NodeSurroundings): Promise<NodeRun> {
  const { promise, resolve, reject } = Promise.withResolvers<NodeRun>();
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"], env });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
  child.on("error", reject);
  child.on("close", (code) => resolve({ code, output: Buffer.concat(pieces).toString("utf8") }));
  return promise;
}
