import { openPostgres } from "../../../src/adapters/postgres/open-postgres.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";
import type { Store } from "../../../src/store/store.ts";

/** Where several processes find one store: a file, or a schema on a server. */
export type Shared =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string };

export async function openShared(shared: Shared): Promise<Store> {
  const surroundings = { clock: systemClock, random: systemRandom };
  const opened =
    shared.kind === "sqlite"
      ? await openSqlite({ ...surroundings, path: shared.path })
      : await openPostgres({ ...surroundings, url: shared.url, schema: shared.schema });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}
