import type { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type { MigrationTarget } from "../../store/migrate/migrate.ts";
import type { AppliedStep } from "../../store/migrate/missing-steps.ts";
import type { Schema } from "../../store/schema.ts";
import { copyTo } from "./copy-to.ts";

/** SQLite as something to migrate. `db` runs on `database`; `retrying` repeats what found the store busy. */
export function sqliteMigration(
  path: string,
  database: DatabaseSync,
  options: { readonly db: Kysely<Schema>; readonly retrying: <T>(attempt: () => Promise<T>) => Promise<T> },
): MigrationTarget {
  const applied = async (): Promise<readonly AppliedStep[]> => appliedSteps(database);
  return {
    kind: "sqlite",
    address: path,
    applied,
    exclusively: (work) =>
      options.retrying(() =>
        options.db.transaction().execute((db) =>
          work({
            db,
            applied,
            script: async (ddl) => database.exec(ddl),
            snapshot: (version) => copyTo(path, `${path}.before-step-${version}`),
          }),
        ),
      ),
  };
}

export function appliedSteps(database: DatabaseSync): readonly AppliedStep[] {
  const known = database.prepare("select 1 from sqlite_schema where name = 'schema_migrations'").get();
  if (known === undefined) return [];
  const rows = database.prepare("select version, name, checksum from schema_migrations order by version").all();
  // The first schema gives these columns their types, STRICT.
  return rows as unknown as AppliedStep[];
}
