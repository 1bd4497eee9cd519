import { spawn } from "node:child_process";

export interface NodeRun {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Runs a script with this very Node to its end. Its environment is ours without settings that would change Node itself. */
export function runNode(args: readonly string[], { cwd }: { readonly cwd: string }): Promise<NodeRun> {
  const { promise, resolve, reject } = Promise.withResolvers<NodeRun>();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"], env: { PATH, HOME } });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
  child.on("error", reject);
  child.on("close", (code) => resolve({ code, output: Buffer.concat(pieces).toString("utf8") }));
  return promise;
}
