import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { systemClock } from "../../src/kit/clock.ts";
import { randomHex } from "../../src/kit/random.ts";
import { dayOf, instantOf } from "../../src/model/time.ts";
import { dropSchema } from "../contracts/postgres-schema.ts";
import { postgresUrl } from "../contracts/store-harness.ts";
import { openShared, type Shared } from "./jobs/open-shared.ts";
import type { RaceOrder } from "./money/reserve-all.ts";

const RACER = join(import.meta.dirname, "money/reserve-all.ts");
const PROCESSES = 5;
const EACH = 10;
/** Seven attempts of a thousand tokens, and not quite an eighth. */
const DAY_TOKENS = 7_900;

interface Outcome {
  /** Attempts that were let through, over all processes. */
  readonly got: number;
  readonly day: unknown;
}

const SOUND: Outcome = { got: 7, day: { cap: DAY_TOKENS, reserved: 7_000, spent: 0 } };

async function race(shared: Shared): Promise<Outcome> {
  await using store = await openShared(shared);
  const got = await Promise.all(
    Array.from({ length: PROCESSES }, (_, number) =>
      racer({ shared, name: `process-${number}`, attempts: EACH, dayTokens: DAY_TOKENS }),
    ),
  );
  const day = dayOf(instantOf(systemClock.now()));
  const row = await store.read((reader) =>
    reader.db
      .selectFrom("caps")
      .select(["cap", "reserved", "spent"])
      .where("scope", "=", `day/${day}`)
      .where("unit", "=", "tokens")
      .executeTakeFirst(),
  );
  return { got: got.reduce((sum, count) => sum + count, 0), day: row };
}

async function racer(order: RaceOrder): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [RACER, JSON.stringify(order)]);
  return Number(stdout);
}

test("[RUN-6] fifty reservations of five processes never take more than a day allows: SQLite", async () => {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-race-"));
  try {
    expect(await race({ kind: "sqlite", path: join(directory, "store.db") })).toEqual(SOUND);
  } finally {
    await rm(directory, { recursive: true });
  }
});

if (postgresUrl !== undefined) {
  const url = postgresUrl;
  test("[RUN-6] fifty reservations of five processes never take more than a day allows: Postgres", async () => {
    const schema = `t_${randomHex(8)}`;
    try {
      expect(await race({ kind: "postgres", url, schema })).toEqual(SOUND);
    } finally {
      await dropSchema(url, schema);
    }
  });
}
