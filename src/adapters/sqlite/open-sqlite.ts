import { resolve } from "node:path";
import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { type Step, STEPS } from "../../store/migrate/steps.ts";
import type { Store } from "../../store/store.ts";
import { checkVersions, machineSurroundings, type Surroundings } from "./guards.ts";

export interface OpenSqliteOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `read` opens an existing store and never writes to it, except to bring an older schema up to date. */
  readonly mode?: "write" | "read";
  /** Written beside the schema steps this program runs. */
  readonly programVersion?: string;
  /** Milliseconds after which a write to a busy store is given up; 30,000 when left out. */
  readonly giveUpAfterMs?: number;
  /** For tests: other facts for the guards, other schema steps. */
  readonly surroundings?: Surroundings;
  readonly steps?: readonly Step[];
}

/** What the opener needs, with nothing left out. */
export interface OpenPlan extends OpenSqliteOptions {
  readonly mode: "write" | "read";
  readonly programVersion: string;
  readonly surroundings: Surroundings;
  readonly steps: readonly Step[];
}

/**
 * Opens the store in a SQLite file, makes it when it is not there, and brings its schema up to date. Fails with
 * `node_too_old`, `store_unsafe`, `store_newer`, `store_busy`, `store_unreadable` or, in mode `read`, `path_missing`.
 */
export async function openSqlite(options: OpenSqliteOptions): Promise<Result<Store, Failure>> {
  const surroundings = options.surroundings ?? machineSurroundings;
  const versions = checkVersions(surroundings);
  if (!versions.ok) return versions;
  // Everything that imports `node:sqlite` comes after the guard: an older Node crashes at the import.
  const { openChecked } = await import("./open-checked.ts");
  return openChecked({
    ...options,
    path: resolve(options.path),
    mode: options.mode ?? "write",
    programVersion: options.programVersion ?? "unknown",
    steps: options.steps ?? STEPS,
    surroundings,
  });
}
