import { resolve } from "node:path";
import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { STEPS } from "../../store/migrate/steps.ts";
import type { Store } from "../../store/store.ts";
import { checkVersions, machineSurroundings } from "./guards.ts";
import type { OpenSqliteOptions } from "./open-plan.ts";

/**
 * Opens the store in a SQLite file; what `mode` allows, it makes and brings up to date. Fails with `node_too_old`,
 * `store_unsafe`, `store_newer`, `store_older`, `store_busy`, `store_unreadable` or `path_missing`.
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
