/** The part of opening that may import `node:sqlite`. */
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { fail, ok, type Result } from "../../kit/result.ts";
import { type Failure, FailureError } from "../../model/failure.ts";
import { instantOf } from "../../model/time.ts";
import { migrate } from "../../store/migrate/migrate.ts";
import { noStore, requireStore } from "../../store/migrate/require-store.ts";
import type { Store } from "../../store/store.ts";
import { isBusy } from "./busy.ts";
import { connectReader, connectWriter } from "./connect.ts";
import { fileTrouble } from "./file-trouble.ts";
import { checkLocal } from "./guards.ts";
import { kyselyOver } from "./node-sqlite-kysely.ts";
import type { OpenPlan } from "./open-plan.ts";
import { makePrivate, refuseOther } from "./private-file.ts";
import { appliedSteps, sqliteMigration } from "./sqlite-migration.ts";
import { retryBusy, SqliteStore } from "./sqlite-store.ts";

export async function openChecked(plan: OpenPlan): Promise<Result<Store, Failure>> {
  try {
    const found = plan.mode === "write" ? ok(undefined) : await findStore(plan, plan.mode);
    if (!found.ok) return found;
    return plan.mode === "read" ? ok(storeOver(plan, null)) : await openToWrite(plan);
  } catch (error) {
    if (error instanceof FailureError) return fail(error.failure);
    return fail(isBusy(error) ? busy(plan.path) : fileTrouble(plan.path, error));
  }
}

async function openToWrite(plan: OpenPlan): Promise<Result<Store, Failure>> {
  const local = await checkPlace(plan);
  if (!local.ok) return local;
  await makePrivate(plan.path);
  await using opened = new AsyncDisposableStack();
  const writer = opened.use(await retryBusy(async () => connectWriter(plan.path), plan));
  const migrated = await migrateWith(plan, writer);
  if (!migrated.ok) return migrated;
  const store = storeOver(plan, writer);
  // From here on the store closes it.
  opened.move();
  return ok(store);
}

async function findStore(plan: OpenPlan, mode: "read" | "existing"): Promise<Result<void, Failure>> {
  const expected = { kind: "sqlite", address: plan.path } as const;
  if (!(await exists(plan.path))) return fail(noStore(expected));
  const local = await checkPlace(plan);
  if (!local.ok) return local;
  await refuseOther(plan.path);
  using reader = connectReader(plan.path);
  return requireStore({ ...expected, applied: appliedSteps(reader) }, { steps: plan.steps, mode });
}

/** The file system of the store's directory, or of the one it will be made in. */
async function checkPlace(plan: OpenPlan): Promise<Result<void, Failure>> {
  let directory = dirname(plan.path);
  while (!(await exists(directory))) directory = dirname(directory);
  return checkLocal(directory, plan.surroundings);
}

async function migrateWith(plan: OpenPlan, writer: DatabaseSync): Promise<Result<number, Failure>> {
  const target = sqliteMigration(plan.path, writer, {
    db: kyselyOver(writer),
    retrying: (attempt) => retryBusy(attempt, plan),
  });
  const { steps, programVersion, clock } = plan;
  return migrate(target, { steps, programVersion, now: instantOf(clock.now()) });
}

function storeOver(plan: OpenPlan, writer: DatabaseSync | null): Store {
  const { path, clock, random, giveUpAfterMs } = plan;
  const limits = giveUpAfterMs === undefined ? {} : { giveUpAfterMs };
  return new SqliteStore({ path, writer, reader: connectReader(path), clock, random, ...limits });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

function busy(path: string): Failure {
  return {
    code: "store_busy",
    message: `The store ${path} could not be opened: it is busy.`,
    cause: "Another process has kept it locked the whole time.",
    hint: "Do this: wait for it to finish, or stop it, and try again.",
    retry: "later",
  };
}
