/**
 * Runs one suite on every store: SQLite always, Postgres when `TEST_DATABASE_URL` names a server. Each test starts with
 * an empty store; every `open()` within one test opens that same store again, as another process would.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import type { Clock } from "../../src/kit/clock.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { randomHex, seededRandom } from "../../src/kit/random.ts";
import type { Result } from "../../src/kit/result.ts";
import { type Failure, FailureError } from "../../src/model/failure.ts";
import type { OpenMode } from "../../src/store/migrate/require-store.ts";
import type { Step } from "../../src/store/migrate/steps.ts";
import type { Store } from "../../src/store/store.ts";

export interface SuiteOptions {
  readonly clock?: Clock;
  readonly mode?: OpenMode;
  readonly steps?: readonly Step[];
}

/** Throws `FailureError` when the store cannot be opened. */
export type OpenStore = (options?: SuiteOptions) => Promise<Store>;

/** `2026-11-20T00:00:00.000Z`: the time of every store of a suite that brings no clock of its own. */
export const SUITE_START: number = Date.parse("2026-11-20T00:00:00.000Z");

export const postgresUrl: string | undefined = process.env["TEST_DATABASE_URL"];

/**
 * Declares `suite` once per store; without a Postgres it is not declared for one, and the end of the run says so.
 * A store that a test opened and did not dispose of fails that test.
 */
export function storeSuite(name: string, suite: (open: OpenStore) => void): void {
  describe(`${name} on SQLite`, () => suite(onSqlite()));
  const url = postgresUrl;
  if (url !== undefined) describe(`${name} on Postgres`, () => suite(onPostgres(url)));
}

function onSqlite(): OpenStore {
  let directory = "";
  const opened = tracked();
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "codex-loop-store-"));
  });
  afterEach(async () => {
    const leaked = await opened.finish();
    await rm(directory, { recursive: true, force: true });
    expect(leaked, "stores left open by the test").toBe(0);
  });
  return (options = {}) =>
    opened.keep(
      openSqlite({
        clock: fixedClock(SUITE_START),
        ...options,
        path: join(directory, "store.db"),
        random: seededRandom(1),
      }),
    );
}

function onPostgres(url: string): OpenStore {
  let schema = "";
  const opened = tracked();
  beforeEach(() => {
    schema = `t_${randomHex(8)}`;
  });
  afterEach(async () => {
    const leaked = await opened.finish();
    const { dropSchema } = await import("./postgres-schema.ts");
    await dropSchema(url, schema);
    expect(leaked, "stores left open by the test").toBe(0);
  });
  return async (options = {}) => {
    const { openPostgres } = await import("../../src/adapters/postgres/open-postgres.ts");
    return opened.keep(
      openPostgres({
        clock: fixedClock(SUITE_START),
        ...options,
        url,
        schema,
        random: seededRandom(1),
      }),
    );
  };
}

interface Tracked {
  /** The store, remembered until it is disposed of. */
  keep(opening: Promise<Result<Store, Failure>>): Promise<Store>;
  /** Closes what is still open and says how many that were. */
  finish(): Promise<number>;
}

function tracked(): Tracked {
  const open = new Set<Store>();
  return {
    keep: async (opening) => {
      const result = await opening;
      if (!result.ok) throw new FailureError(result.failure);
      const store = result.value;
      const dispose = store[Symbol.asyncDispose].bind(store);
      store[Symbol.asyncDispose] = async () => {
        open.delete(store);
        await dispose();
      };
      open.add(store);
      return store;
    },
    finish: async () => {
      const left = [...open];
      for (const store of left) await store[Symbol.asyncDispose]();
      return left.length;
    },
  };
}
