import { spawn } from "node:child_process";
import { mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomHex } from "../../kit/random.ts";

/** The trash beside the folder that `folder` lies in: on the same disk, so that moving there is one step. */
export function trashOf(folder: string): string {
  return join(dirname(dirname(folder)), "trash");
}

/** Milliseconds for one folder; what takes longer is tried again in a later round. */
const LONGEST_MS = 600_000;

/**
 * Folders that nobody needs any more. Taking one is a single step, whatever the folder holds; removing it takes its time
 * and is nobody's wait. What is left when the process ends is removed by the next one.
 */
export class Trash implements AsyncDisposable {
  readonly #folder: string;
  readonly #stop: AbortController = new AbortController();
  #round: Promise<void> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The name is free afterwards. Returns where the folder lies now; `null`: there was none. */
  async take(folder: string): Promise<string | null> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const place = join(this.#folder, randomHex(8));
    return rename(folder, place).then(() => place, noneThere);
  }

  /** Begins to remove all that lies here, unless that is going on. */
  empty(): void {
    if (this.#stop.signal.aborted) return;
    this.#round ??= this.#removeAll().finally(() => (this.#round = null));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#round;
  }

  async #removeAll(): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (this.#stop.signal.aborted) return;
      await removeTree(join(this.#folder, name), AbortSignal.any([this.#stop.signal, AbortSignal.timeout(LONGEST_MS)]));
    }
  }
}

/** Takes a folder away and removes it, for `ms` at most; what is left then lies in the trash. */
export async function removeFolder(folder: string, ms: number): Promise<void> {
  const place = await new Trash(trashOf(folder)).take(folder);
  if (place !== null) await removeTree(place, AbortSignal.timeout(ms));
}

/**
 * The system's own `rm` knows folders too deep for any path, and follows no link that somebody puts in its way. Folders
 * that may not be written keep even their owner from removing what is in them, so a second try opens them first.
 */
async function removeTree(path: string, signal: AbortSignal): Promise<void> {
  if (await runs(["rm", "-rf", "--", path], signal)) return;
  await runs(["chmod", "-R", "u+rwx", "--", path], signal);
  await runs(["rm", "-rf", "--", path], signal);
}

/** True when it ended with 0. */
function runs([program, ...args]: readonly [string, ...string[]], signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, args, { cwd: "/", stdio: "ignore", signal, killSignal: "SIGKILL" });
  child.on("error", () => resolve(false));
  child.on("close", (code) => resolve(code === 0));
  return promise;
}

function noneThere(error: NodeJS.ErrnoException): null {
  if (error.code !== "ENOENT") throw error;
  return null;
}
