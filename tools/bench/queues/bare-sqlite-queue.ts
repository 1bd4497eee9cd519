import { DatabaseSync } from "node:sqlite";
import { drainInLoops, type Contestant } from "./contestant.ts";

/** The floor on SQLite: two durable commits of one row a job, with no layer, no lease and no fence above them. */
export function bareSqliteQueue(path: string): Contestant {
  const db = new DatabaseSync(path);
  db.exec(
    "pragma journal_mode = wal; pragma synchronous = full; create table jobs (id integer primary key, state text)",
  );
  db.exec("create index queued on jobs (id) where state = 'queued'");
  const insert = db.prepare("insert into jobs (state) values ('queued')");
  const claim = db.prepare(
    "update jobs set state = 'active' where id = (select id from jobs where state = 'queued' order by id limit 1) returning id",
  );
  const finish = db.prepare("update jobs set state = 'succeeded' where id = ? and state = 'active'");
  return {
    name: "two bare commits a job",
    enqueue: (count) => {
      db.exec("begin");
      for (let made = 0; made < count; made += 1) insert.run();
      db.exec("commit");
      return Promise.resolve();
    },
    drain: (clock) =>
      drainInLoops(clock, () => {
        const row = claim.get();
        return Promise.resolve(row !== undefined && finish.run(row["id"] ?? null).changes === 1);
      }),
    [Symbol.asyncDispose]: () => {
      db.close();
      return Promise.resolve();
    },
  };
}
