import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { fail, ok } from "../kit/result.ts";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { ConfigSources, Environment, Flags } from "./load-config.ts";

/** The variables of this process. Nothing else reads them. */
export function environment(): Environment {
  return process.env;
}

/** The real places settings come from; the home folder is the one that `env` names. */
export function machineSources(flags: Flags, env: Environment): ConfigSources {
  return { flags, env, cwd: process.cwd(), userHome: env["HOME"] ?? homedir(), readFile: readIfPresent };
}

/** The text of a file, `null` when there is none. */
async function readIfPresent(path: string): Promise<Result<string | null, Failure>> {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    if (code === "ENOENT" || code === "ENOTDIR") return ok(null);
    return fail({
      code: "config_invalid",
      message: `${path} cannot be read.`,
      cause: `The system says ${code}.`,
      hint: "Do this: make it a readable file, or move it away.",
      retry: "never",
    });
  }
}
