import { ATTEMPT_FAILURES, type AttemptFailureCode } from "../model/attempt-failure.ts";
import { REMEDIES } from "../model/failure-remedy.ts";
import type { Instant } from "../model/time.ts";
import { getTask } from "../store/tasks/get-task.ts";
import { wayOn } from "../store/tasks/way-on.ts";
import { idOf } from "../model/ids.ts";
import { listTroubles, type Trouble } from "../store/triage/list-troubles.ts";
import type { Reader } from "../store/store.ts";
import type { TriageRow } from "./shapes/triage.ts";

/** What went wrong since then, grouped by code, simulated apart: what holds the most tasks first. */
export async function triageRows(reader: Reader, since: Instant): Promise<readonly TriageRow[]> {
  const troubles = await listTroubles(reader, since);
  const rows = [false, true]
    .flatMap((simulated) => groupsOf(troubles.filter((trouble) => trouble.simulated === simulated)))
    .toSorted(byWeight);
  const wider: TriageRow[] = [];
  for (const row of rows) wider.push({ ...row, next: (await widerFor(reader, row)) ?? row.next });
  return wider;
}

/** What widens the cap that holds the example, enough for it, and has it go on; `null`: no cap holds it. */
async function widerFor(reader: Reader, { held, code, example }: TriageRow): Promise<string | null> {
  const task = held === 0 ? null : await getTask(reader, idOf.task(example.task_id));
  const way = task === null || task.reason !== code ? null : await wayOn(reader, task);
  return way === null ? null : `${way} && codex-loop idea resume ${example.idea_id} --wait`;
}

function groupsOf(troubles: readonly Trouble[]): readonly TriageRow[] {
  return [...Map.groupBy(troubles, ({ code }) => code)].flatMap(([code, alike]) => rowOf(code, alike));
}

function byWeight(left: TriageRow, right: TriageRow): number {
  if (left.held !== right.held) return right.held - left.held;
  if (left.count !== right.count) return right.count - left.count;
  if (left.code !== right.code) return left.code < right.code ? -1 : 1;
  return left.simulated - right.simulated;
}

function rowOf(code: AttemptFailureCode, troubles: readonly Trouble[]): readonly TriageRow[] {
  const example = troubles.find(({ holds }) => holds) ?? troubles[0];
  const [latest] = troubles;
  if (example === undefined || latest === undefined) return [];
  const held = troubles.filter(({ holds }) => holds);
  const tasksOf = (some: readonly Trouble[]): number => new Set(some.map(({ taskId }) => taskId)).size;
  return [
    {
      code,
      ...ATTEMPT_FAILURES[code],
      count: troubles.length,
      tasks: tasksOf(troubles),
      held: tasksOf(held),
      simulated: troubles.filter(({ simulated }) => simulated).length,
      latest: latest.at,
      means: REMEDIES[code].means,
      next: nextFor(code, example),
      example: {
        attempt_id: example.attemptId,
        task_id: example.taskId,
        idea_id: example.ideaId,
        repository: example.repository,
        detail: example.detail,
      },
    },
  ];
}

/** Where there is no run to look at, the task itself says why. */
function nextFor(code: AttemptFailureCode, { attemptId, taskId, ideaId, repository }: Trouble): string {
  const { next } = REMEDIES[code];
  if (attemptId === null && next.includes("{attempt}")) return `codex-loop explain ${taskId}`;
  return next
    .replace("{attempt}", attemptId ?? "")
    .replace("{task}", taskId)
    .replace("{idea}", ideaId)
    .replace("{repository}", () => quoted(repository));
}

/** As a shell takes it: a path may hold spaces. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
