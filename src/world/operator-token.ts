import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomHex } from "../kit/random.ts";

/** The token that lets its bearer write over HTTP: made once, kept beside the store, readable by its owner only. */
export async function operatorToken(home: string): Promise<string> {
  const path = join(home, "operator-token");
  await mkdir(home, { recursive: true, mode: 0o700 });
  // Exclusive creation: of two servers that start at once one makes the token and both use it.
  await writeFile(path, `${randomHex(24)}\n`, { mode: 0o600, flag: "wx" }).catch(ignoreExisting);
  await chmod(path, 0o600);
  return (await readFile(path, "utf8")).trim();
}

/** The token if there is one; never makes it. */
export async function knownOperatorToken(home: string): Promise<string | null> {
  const text = await readFile(join(home, "operator-token"), "utf8").catch(nullWhenMissing);
  return text === null ? null : text.trim();
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}
