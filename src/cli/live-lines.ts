import type { IdeaDetail } from "../views/shapes/idea.ts";
import type { AttemptRow, RunRow } from "../views/shapes/run.ts";
import { amount, failureOf, stateOf } from "./render-runs.ts";
import { visible } from "./visible.ts";
import { cost, markOf, minutes, tokens } from "./words.ts";

/** One line for a run that goes on: how long, how far, what it used, and what is left of its nearest limits. */
export function liveLine(run: RunRow, now: number): string {
  const since = run.started_at ?? run.queued_at;
  const parts = [
    `run ${run.id.slice(-8)} ${run.state}`,
    minutes(Math.max(0, now - Date.parse(since)) / 60_000),
    ...(run.turns === null ? [] : [`turn ${run.turns}`]),
    ...(run.tool_calls === null ? [] : [`${run.tool_calls} calls`]),
    `${tokens(run.tokens)} tokens`,
    ...left(run),
    ...(run.waiting > 0 ? ["waits for a person"] : []),
    ...marks(run),
  ];
  return parts.join(" · ");
}

function marks(row: AttemptRow): readonly string[] {
  const mark = markOf(row);
  return mark === "" ? [] : [mark];
}

/** What is left of money and time, the two that people watch. */
function left({ caps }: RunRow): readonly string[] {
  return caps.flatMap(({ unit, cap, spent, reserved }) =>
    (unit === "usd" || unit === "minutes") && cap !== null
      ? [`${amount(unit, Math.max(0, cap - (spent ?? 0) - reserved))} left`]
      : [],
  );
}

/** What changed between two looks at an idea, one line each: moves, ends of runs, and questions to a person. */
export function newsOf(before: IdeaDetail | null, idea: IdeaDetail): readonly string[] {
  const known = new Map(before?.attempts.map((row) => [row.id, row]));
  const asked = new Set(before?.approvals.flatMap(({ id, state }) => (state === "asked" ? [id] : [])));
  return [
    ...(before?.state === idea.state ? [] : [`idea ${idea.id.slice(-8)} ${idea.state}${because(idea)}`]),
    ...idea.attempts.flatMap((row) => attemptNews(known.get(row.id), row)),
    ...idea.approvals.flatMap((row) =>
      row.state !== "asked" || asked.has(row.id)
        ? []
        : [
            `A person is asked (${row.action}): ${visible(row.subject)}`,
            `  codex-loop approvals grant ${row.id}, or deny ${row.id} --reason "why not"`,
          ],
    ),
  ];
}

function because({ reason, detail }: IdeaDetail): string {
  const words = [reason, detail].filter((part) => part !== null).join(": ");
  return words === "" ? "" : ` (${visible(words)})`;
}

function attemptNews(before: AttemptRow | undefined, row: AttemptRow): readonly string[] {
  if (before?.state === row.state) return [];
  const mark = row.state === "ended" ? marks(row) : row.simulated ? ["simulated"] : [];
  const name = `run ${row.id.slice(-8)} ${stateOf(row)}${mark.map((word) => ` (${word})`).join("")}`;
  if (row.state !== "ended") return [name];
  const failed = row.failure_code === null ? "" : `: ${visible(failureOf(row))}`;
  return [`${name} · ${tokens(row.tokens)} tokens · ${cost(row.usd)}${failed}`];
}
