import { idOf, type IdeaId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";

export interface Forgotten {
  readonly ideas: number;
  readonly attempts: number;
  /** Hashes of files that no attempt points at any more, for the caller to remove once this has been committed. */
  readonly hashes: readonly string[];
}

/** Tables whose rows hang on an attempt, and those whose rows hang on the idea. */
const OF_ATTEMPTS = ["checks", "artifacts", "tokens"] as const;
const OF_IDEAS = ["approvals", "changes", "ledger", "attempts", "tasks", "plans"] as const;

/** Forgets ideas with everything that came of them but their events. None of them may have an attempt that has not ended. */
export async function forgetIdeas(tx: Tx, ids: readonly IdeaId[]): Promise<Forgotten> {
  let attempts = 0;
  const hashes = new Set<string>();
  for (const id of ids) {
    const runs = await idsOf(tx, "attempts", id);
    const tasks = await idsOf(tx, "tasks", id);
    attempts += runs.length;
    for (const hash of await hashesOf(tx, runs)) hashes.add(hash);
    await forgetRows(tx, { id, runs, tasks });
  }
  return { ideas: ids.length, attempts, hashes: await unused(tx, [...hashes]) };
}

interface Parts {
  readonly id: IdeaId;
  readonly runs: readonly string[];
  readonly tasks: readonly string[];
}

async function forgetRows(tx: Tx, { id, runs, tasks }: Parts): Promise<void> {
  const scopes = [`idea/${id}`, ...tasks.map((task) => `task/${task}`), ...runs.map((run) => `attempt/${run}`)];
  await tx.db.deleteFrom("caps").where("scope", "in", scopes).execute();
  await tx.db.deleteFrom("controls").where("scope", "=", `idea/${id}`).execute();
  if (tasks.length > 0) await tx.db.deleteFrom("task_dependencies").where("task_id", "in", tasks).execute();
  if (runs.length > 0)
    for (const table of OF_ATTEMPTS) await tx.db.deleteFrom(table).where("attempt_id", "in", runs).execute();
  for (const table of OF_IDEAS) await tx.db.deleteFrom(table).where("idea_id", "=", id).execute();
  await tx.db.deleteFrom("ideas").where("id", "=", id).execute();
}

async function idsOf(tx: Tx, table: "attempts" | "tasks", id: IdeaId): Promise<readonly string[]> {
  const rows = await tx.db.selectFrom(table).select("id").where("idea_id", "=", id).execute();
  return rows.map((row) => row.id);
}

async function hashesOf(tx: Tx, runs: readonly string[]): Promise<readonly string[]> {
  if (runs.length === 0) return [];
  const files = await tx.db.selectFrom("artifacts").select("sha256").where("attempt_id", "in", runs).execute();
  const outputs = await tx.db.selectFrom("checks").select("output_sha256").where("attempt_id", "in", runs).execute();
  return [...files.map((row) => row.sha256), ...outputs.map((row) => row.output_sha256)].filter(
    (hash) => hash !== null,
  );
}

/** Equal bytes are kept once, whoever left them. */
async function unused(tx: Tx, hashes: readonly string[]): Promise<readonly string[]> {
  if (hashes.length === 0) return [];
  const files = await tx.db.selectFrom("artifacts").select("sha256").where("sha256", "in", hashes).execute();
  const outputs = await tx.db
    .selectFrom("checks")
    .select("output_sha256")
    .where("output_sha256", "in", hashes)
    .execute();
  const used = new Set([...files.map((row) => row.sha256), ...outputs.map((row) => row.output_sha256)]);
  return hashes.filter((hash) => !used.has(hash)).toSorted();
}

/** Ideas that came from there, e.g. `demo`. */
export async function findIdeasOf(tx: Tx, origin: string): Promise<readonly IdeaId[]> {
  const rows = await tx.db.selectFrom("ideas").select("id").where("origin", "=", origin).orderBy("id").execute();
  return rows.map((row) => idOf.idea(row.id));
}
