import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Finds a program by its name on PATH, or tells whether a path may be run. */
export type FindProgram = (nameOrPath: string) => string | null;

/** The system's bubblewrap, else the one that the Codex CLI brings for its own sandbox; `null`: there is none. */
export function findBubblewrap(find: FindProgram, codexBinary: string | null): string | null {
  return (
    find("bwrap") ?? (codexBinary === null ? null : find(join(packageOf(codexBinary), "codex-resources", "bwrap")))
  );
}

/** `PACKAGE/bin/codex` stands beside `PACKAGE/codex-resources`. */
function packageOf(codexBinary: string): string {
  try {
    return dirname(dirname(realpathSync(codexBinary)));
  } catch {
    return dirname(dirname(codexBinary));
  }
}
