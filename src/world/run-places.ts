import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { environment } from "../config/environment.ts";
import type { Settings } from "../config/options.ts";
import type { RunPlaces } from "../loop/run/run-world.ts";

/** Where runs work and leave things, and what no attempt may see: all of ours, the store wherever it is, what is a person's. */
export function runPlaces({ home, store, codex_home: codexHome }: Settings): RunPlaces {
  // Walls let in real folders only, because an attempt could make a link of what it may write.
  const real = realPath(home);
  return {
    attempts: join(real, "attempts"),
    setupCache: join(real, "setup-cache"),
    recordings: join(real, "recordings"),
    refused: join(real, "refused"),
    hidden: [home, codexHome, ...storePlaces(store), ...personal()],
  };
}

/**
 * The store's folder, because its side files come and go while an attempt runs, and a wall hides only what is there when it
 * is built. A folder at the top of the system holds too much else: there its files are hidden as they are.
 */
function storePlaces(store: string): readonly string[] {
  const folder = dirname(store);
  return dirname(dirname(folder)) === dirname(folder) ? [store, `${store}-wal`, `${store}-shm`] : [folder];
}

/** The person's home where it is not the account's own, and the socket through which their keys sign. */
function personal(): readonly string[] {
  const { HOME, SSH_AUTH_SOCK } = environment();
  return [HOME ?? "", SSH_AUTH_SOCK ?? ""].filter((path) => path.startsWith("/"));
}

/** A path without links, also of a folder that is still to be made. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
  }
}
