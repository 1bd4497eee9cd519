import pg from "pg";
import { randomHex } from "../../../src/kit/random.ts";

/** A schema of its own on a server, gone with everything in it at the end of the block. */
export interface Schema extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
  /** Rows of one of its tables or views. */
  count(table: string): Promise<number>;
  /** Brings the planner's statistics of the whole database up to date. */
  analyze(): Promise<void>;
}

export async function scratchSchema(url: string): Promise<Schema> {
  const name = `bench_${randomHex(4)}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    url,
    name,
    count: async (table) => {
      const from = `${pg.escapeIdentifier(name)}.${pg.escapeIdentifier(table)}`;
      const { rows } = await client.query<{ readonly count: string }>(`select count(*) from ${from}`);
      return Number(rows[0]?.count);
    },
    analyze: async () => {
      await client.query("analyze");
    },
    [Symbol.asyncDispose]: async () => {
      await client.query(`drop schema if exists ${pg.escapeIdentifier(name)} cascade`);
      await client.end();
    },
  };
}
