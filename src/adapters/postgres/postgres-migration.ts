import { type Kysely, sql } from "kysely";
import pg from "pg";
import type { MigrationTarget } from "../../store/migrate/migrate.ts";
import type { AppliedStep } from "../../store/migrate/missing-steps.ts";
import type { Schema } from "../../store/schema.ts";

/** Any number will do, as long as every program that migrates takes the same one. */
const MIGRATION_LOCK = 7_303_014;

/** Postgres as something to migrate; makes the schema when it is not there. */
export function postgresMigration(
  db: Kysely<Schema>,
  options: { readonly address: string; readonly schema: string },
): MigrationTarget {
  return {
    kind: "postgres",
    address: options.address,
    applied: () => db.transaction().setAccessMode("read only").execute(appliedSteps),
    exclusively: (work) =>
      db.transaction().execute(async (transaction) => {
        // Whoever migrates may take longer than a lock of everyday work.
        await sql`set local lock_timeout = 0`.execute(transaction);
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
        await makeSchema(transaction, options.schema);
        return work({
          db: transaction,
          applied: () => appliedSteps(transaction),
          script: (ddl) => script(transaction, ddl),
          // The server's own backups are the copy.
          snapshot: async () => undefined,
        });
      }),
  };
}

/** Looks first: making a schema takes rights that a user of an existing one need not have. */
async function makeSchema(db: Kysely<Schema>, schema: string): Promise<void> {
  const known = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db);
  if (known.rows.length === 0) await script(db, `create schema ${pg.escapeIdentifier(schema)}`);
}

/** Without parameters, many statements travel as one message. */
async function script(db: Kysely<Schema>, ddl: string): Promise<void> {
  await sql.raw(ddl).execute(db);
}

async function appliedSteps(db: Kysely<Schema>): Promise<readonly AppliedStep[]> {
  const known = await sql<{ known: string | null }>`select to_regclass('schema_migrations')::text as known`.execute(db);
  if ((known.rows[0]?.known ?? null) === null) return [];
  return db.selectFrom("schema_migrations").select(["version", "name", "checksum"]).orderBy("version").execute();
}
