import { readFileSync } from "node:fs";
import { join } from "node:path";
import { STEPS } from "../store/migrate/steps.ts";
import { programRoot, programVersion } from "./program.ts";

export interface VersionFacts {
  readonly version: string;
  /** The commit a checkout stands at; `null` in the package. */
  readonly commit: string | null;
  /** Number of the last schema step this program knows; it refuses newer stores. */
  readonly schema: number;
  readonly node: string;
}

/** What a bug report should name. */
export function versionFacts(): VersionFacts {
  const schema = Math.max(...STEPS.map((step) => step.version));
  return {
    version: programVersion(),
    commit: commitOf(join(programRoot(), ".git")),
    schema,
    node: process.versions.node,
  };
}

function commitOf(git: string): string | null {
  const head = textOf(join(git, "HEAD"));
  const ref = head?.startsWith("ref: ") === true ? head.slice("ref: ".length) : null;
  if (ref === null) return head;
  const packed = textOf(join(git, "packed-refs"))
    ?.split("\n")
    .find((line) => line.endsWith(` ${ref}`));
  return textOf(join(git, ref)) ?? packed?.split(" ")[0] ?? null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
