import { sql } from "kysely";
import pg from "pg";
import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import { type Failure, FailureError } from "../../model/failure.ts";
import { instantOf } from "../../model/time.ts";
import { migrate, type MigrationTarget } from "../../store/migrate/migrate.ts";
import { type OpenMode, requireStore } from "../../store/migrate/require-store.ts";
import { type Step, STEPS } from "../../store/migrate/steps.ts";
import type { Store } from "../../store/store.ts";
import { kyselyOver } from "./postgres-kysely.ts";
import { postgresMigration } from "./postgres-migration.ts";
import { PostgresStore } from "./postgres-store.ts";
import { storeTypes } from "./types.ts";

/** `server_version_num` of the oldest release we are tested on. */
const OLDEST_SERVER = 150_000;
const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

export interface OpenPostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `write` when left out. */
  readonly mode?: OpenMode;
  /** The schema that holds the tables. */
  readonly schema?: string;
  /** Written beside the schema steps this program runs. */
  readonly programVersion?: string;
  /** For tests: other schema steps. */
  readonly steps?: readonly Step[];
}

/**
 * Opens the store on a Postgres server; what `mode` allows, it makes and brings up to date. Fails with `store_unreadable`
 * (no answer, too old a server), `store_newer`, `store_older`, `store_unsafe` or `path_missing`.
 */
export async function openPostgres(options: OpenPostgresOptions): Promise<Result<Store, Failure>> {
  const { url, clock, random, schema = "public" } = options;
  const pool = new pg.Pool({
    connectionString: url,
    types: storeTypes,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "codex-loop",
  });
  // An idle connection that the server drops is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  const address = withoutPassword(url);
  const db = kyselyOver(pool, schema);
  try {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
      db,
    );
    const version = Number(rows[0]?.version);
    if (version < OLDEST_SERVER) throw new FailureError(tooOld(address, version));
    const target = postgresMigration(db, { address, schema });
    const ready = await prepare(target, options);
    if (ready.ok) return ok(new PostgresStore({ address, db, clock, random }));
    await db.destroy();
    return ready;
  } catch (error) {
    await db.destroy();
    return fail(error instanceof FailureError ? error.failure : unreadable(address, error));
  }
}

/** Makes the store or brings it up to date, as far as the mode allows. */
async function prepare(target: MigrationTarget, options: OpenPostgresOptions): Promise<Result<void, Failure>> {
  const { clock, mode = "write", programVersion = "unknown", steps = STEPS } = options;
  if (mode !== "write") {
    const { kind, address } = target;
    const found = requireStore({ kind, address, applied: await target.applied() }, { steps, mode });
    if (!found.ok || mode === "read") return found;
  }
  const migrated = await migrate(target, { steps, programVersion, now: instantOf(clock.now()) });
  return migrated.ok ? ok(undefined) : migrated;
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "the address in DATABASE_URL";
  const parsed = new URL(url);
  parsed.password = "";
  parsed.search = "";
  return parsed.href;
}

function tooOld(address: string, version: number): Failure {
  return {
    code: "store_unreadable",
    message: `The server at ${address} is Postgres ${Math.floor(version / 10_000)}.`,
    cause: "The store needs Postgres 15 or later.",
    hint: "Do this: update the server, or point DATABASE_URL to another one.",
    retry: "never",
  };
}

function unreadable(address: string, error: unknown): Failure {
  return {
    code: "store_unreadable",
    message: `The store at ${address} cannot be opened.`,
    cause: reasonOf(error),
    hint: "Do this: check DATABASE_URL, and that the server runs and lets this user in.",
    retry: "later",
  };
}

/** Node reports a refused connection to several addresses as an error of errors whose own message is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
