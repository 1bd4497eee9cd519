/**
 * Brings a store's schema up to the program's. The lock is taken before the version is read, so of several processes
 * that start at once exactly one runs a step and the others find it done.
 */
import type { Kysely } from "kysely";
import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/time.ts";
import type { Schema } from "../schema.ts";
import { type AppliedStep, missingSteps } from "./missing-steps.ts";
import { checksumOf, type Step } from "./steps.ts";

export interface MigrationTarget {
  readonly kind: "sqlite" | "postgres";
  readonly address: string;
  /** The steps the store has had, in order; none when it has no schema yet. */
  applied(): Promise<readonly AppliedStep[]>;
  /** Runs `work` in one transaction that no other migrating process can be in at the same time. */
  exclusively<T>(work: (session: MigrationSession) => Promise<T>): Promise<T>;
}

export interface MigrationSession {
  readonly db: Kysely<Schema>;
  applied(): Promise<readonly AppliedStep[]>;
  /** Runs a DDL script of many statements. */
  script(ddl: string): Promise<void>;
  /** Keeps a copy of the store as it is before step `version`; does nothing where the store's own tools do that. */
  snapshot(version: number): Promise<void>;
}

export interface MigrationOptions {
  readonly steps: readonly Step[];
  readonly now: Instant;
  readonly programVersion: string;
}

/** The number of steps that this call ran; fails with `store_newer` or `store_unsafe` and changes nothing. */
export async function migrate(target: MigrationTarget, options: MigrationOptions): Promise<Result<number, Failure>> {
  const before = missingSteps(target, await target.applied(), options.steps);
  if (!before.ok || before.value.length === 0) return before.ok ? ok(0) : before;
  return target.exclusively(async (session) => {
    const applied = await session.applied();
    const missing = missingSteps(target, applied, options.steps);
    if (!missing.ok) return missing;
    const first = missing.value[0];
    if (first !== undefined && applied.length > 0) await session.snapshot(first.version);
    for (const step of missing.value) await run(session, step, { ...options, kind: target.kind });
    return ok(missing.value.length);
  });
}

async function run(
  session: MigrationSession,
  step: Step,
  options: MigrationOptions & { readonly kind: "sqlite" | "postgres" },
): Promise<void> {
  await session.script(step[options.kind]);
  await session.db
    .insertInto("schema_migrations")
    .values({
      version: step.version,
      name: step.name,
      checksum: checksumOf(step, options.kind),
      applied_at: options.now,
      program_version: options.programVersion,
    })
    .execute();
}
