import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { bubblewrap } from "../adapters/bubblewrap/bubblewrap.ts";
import { findBubblewrap } from "../adapters/bubblewrap/find-bubblewrap.ts";
import { findProgram } from "../adapters/process/find-program.ts";
import { startProgram } from "../adapters/process/start-program.ts";
import { environment } from "../config/environment.ts";
import type { Sandbox } from "../ports/sandbox.ts";
import { programRoot } from "./program.ts";

/**
 * The walls of this machine. Programs of a person's home, as Node and Codex may be, are shown through them: homes are
 * hidden, and what runs inside needs its programs.
 */
export function openSandbox({ codexBinary }: { readonly codexBinary: string | null }): Sandbox {
  const path = environment()["PATH"] ?? "";
  const bwrap = findBubblewrap((name) => findProgram(name, path), codexBinary);
  const programs = [process.execPath, ...(codexBinary === null ? [] : [codexBinary])];
  const doorkeeper = realPath(join(programRoot(), "bin", "doorkeeper.mjs"));
  return bubblewrap({
    bwrap,
    start: startProgram,
    shown: [...programs.flatMap(placesOf), doorkeeper],
    doorkeeper: [realPath(process.execPath), doorkeeper],
  });
}

/** As little as the program needs: its `bin` and the packages beside it, and never a whole prefix, which may be a home. */
function placesOf(program: string): readonly string[] {
  const real = realpathSync(program);
  const at = real.lastIndexOf("/node_modules/");
  if (at !== -1) return [join(real.slice(0, at), "node_modules")];
  const folder = dirname(real);
  if (basename(folder) !== "bin") return [real];
  return [folder, join(dirname(folder), "lib", "node_modules")].filter((path) => existsSync(path)).map(realPath);
}

function realPath(path: string): string {
  return realpathSync(path);
}
