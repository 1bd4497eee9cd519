import type { Reader } from "../store.ts";

/** Number of the last schema step the store has had. */
export async function schemaVersion(reader: Reader): Promise<number> {
  const row = await reader.db
    .selectFrom("schema_migrations")
    .select((eb) => eb.fn.max("version").as("version"))
    .executeTakeFirstOrThrow();
  return row.version;
}
