import { chmod, rename, rm, stat } from "node:fs/promises";
import { backup } from "node:sqlite";
import { FailureError } from "../../model/failure.ts";
import { connectReader } from "./connect.ts";

/**
 * A consistent copy by SQLite's online backup, read through a connection of its own. It takes its name when it is
 * whole, so what stands at `target` is the old file or the new one. Throws `FailureError` when that is the store itself.
 */
export async function copyTo(path: string, target: string): Promise<void> {
  if (await isSameFile(path, target)) throw new FailureError(itself(target));
  const part = `${target}.part`;
  await rm(part, { force: true });
  const source = connectReader(path);
  try {
    await backup(source, part);
    await chmod(part, 0o600);
    await rename(part, target);
  } finally {
    source.close();
  }
}

async function isSameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(left), stat(right).catch(() => null)]);
  return other !== null && one.dev === other.dev && one.ino === other.ino;
}

function itself(target: string): FailureError["failure"] {
  return {
    code: "conflict",
    message: `The copy cannot be written to ${target}: that is the store itself.`,
    cause: "A copy takes the place of the file at its path.",
    hint: "Do this: name another path.",
    retry: "never",
  };
}
