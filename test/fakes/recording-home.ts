import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder laid out like a Codex home, whose recordings a test lets grow, move and break. Close it with `await using`. */
export interface RecordingHome extends AsyncDisposable {
  readonly path: string;
  /** Full path of a file in it. */
  at(name: string): string;
  write(name: string, bytes: Uint8Array | string): Promise<void>;
  append(name: string, bytes: Uint8Array | string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  read(name: string): Promise<Buffer>;
}

export async function recordingHome(): Promise<RecordingHome> {
  const path = await mkdtemp(join(tmpdir(), "codex-loop-home-"));
  const at = (name: string): string => join(path, name);
  const inFolder = async (name: string): Promise<string> => {
    await mkdir(dirname(at(name)), { recursive: true });
    return at(name);
  };
  return {
    path,
    at,
    write: async (name, bytes) => writeFile(await inFolder(name), bytes),
    append: async (name, bytes) => appendFile(await inFolder(name), bytes),
    move: async (from, to) => rename(at(from), await inFolder(to)),
    remove: (name) => rm(at(name)),
    read: (name) => readFile(at(name)),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
