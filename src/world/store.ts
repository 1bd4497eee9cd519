import { openSqlite } from "../adapters/sqlite/open-sqlite.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import type { Random } from "../kit/random.ts";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { OpenMode } from "../store/migrate/require-store.ts";
import type { Store } from "../store/store.ts";
import { programVersion } from "./program.ts";

export type StoreMode = OpenMode;

export interface StoreSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** `write` when left out. */
  readonly mode?: StoreMode;
}

/**
 * The one store of this process: Postgres where a database URL is set, else the SQLite file. A `--store` on the command
 * line means that file, whatever the environment says.
 */
export async function openStore(
  config: LoadedConfig,
  { clock, random, mode = "write" }: StoreSurroundings,
): Promise<Result<Store, Failure>> {
  const url = config.origins.store.kind === "flag" ? null : config.secrets.database_url;
  if (url !== null) {
    const { openPostgres } = await import("../adapters/postgres/open-postgres.ts");
    return openPostgres({ url: url.reveal(), clock, random, mode, programVersion: programVersion() });
  }
  return openSqlite({ path: config.settings.store, clock, random, mode, programVersion: programVersion() });
}
