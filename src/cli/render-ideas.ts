import { counted } from "../kit/text.ts";
import type { IdeaDetail, IdeaRow } from "../views/shapes/idea.ts";
import type { AttemptRow, ChangeRow } from "../views/shapes/run.ts";
import type { Output } from "./output.ts";
import { approvalLines, failureOf, stateOf } from "./render-runs.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";
import { cost, dollars, markOf, minuteOf, tokens } from "./words.ts";

const COLUMNS: readonly Column<IdeaRow>[] = [
  { title: "idea", value: (row) => row.id },
  { title: "added", value: (row) => minuteOf(row.created_at) },
  { title: "state", value: (row) => row.state },
  { title: "runs", value: (row) => String(row.attempts.length), align: "right" },
  { title: "tokens", value: (row) => tokens(row.spend.tokens), align: "right" },
  { title: "usd", value: (row) => dollars(row.spend.usd), align: "right" },
  { title: "mark", value: (row) => markOf({ ...row.spend, simulated: row.simulated }) },
  { title: "title", value: (row) => row.title, elastic: true },
];

export function renderIdeas(rows: readonly IdeaRow[], output: Output): string {
  if (rows.length === 0) return "No ideas yet.\nNext: codex-loop demo run, or codex-loop idea add --help";
  return `${table(rows, COLUMNS, output)}\n${counted(rows.length, "idea")}`;
}

/** One idea: where it stands and why, its runs, what they cost, what they changed, and what to do next. */
export function renderIdea(idea: IdeaDetail, output: Output): string {
  const mark = idea.simulated ? ` · ${output.style("yellow", "simulated")}` : "";
  const why = [idea.reason, idea.detail].filter((part) => typeof part === "string").join(": ");
  const facts = [
    `${output.style("bold", visible(idea.title))}${mark}`,
    `${idea.id} · ${idea.state}${why === "" ? "" : ` (${visible(why)})`} · ${idea.agent} · ${visible(idea.repository)} on ${visible(idea.target_branch)}`,
    `${counted(idea.attempts.length, "run")} · ${tokens(idea.spend.tokens)} tokens · ${cost(idea.spend.usd)} (${idea.spend.provenance})`,
  ];
  const asked = idea.approvals.filter(({ state }) => state === "asked");
  const blocks = [
    facts.join("\n"),
    block(
      "Tasks",
      idea.tasks.map(
        ({ number, title, state, reason }) =>
          `${number} ${state}${reason === null ? "" : ` (${reason})`}  ${visible(title)}`,
      ),
      output,
    ),
    block("Runs", idea.attempts.map(attemptLine), output),
    block("Questions", asked.flatMap(approvalLines), output),
    block("Changes", idea.changes.map(changeLine), output),
    nextStep(idea),
  ];
  return blocks.filter((text) => text !== "").join("\n\n");
}

function block(title: string, lines: readonly string[], output: Output): string {
  return lines.length === 0 ? "" : `${output.style("bold", title)}\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function attemptLine(row: AttemptRow): string {
  const failed = row.failure_code === null ? "" : `  ${visible(failureOf(row))}`;
  const mark = markOf(row);
  return `${row.id} ${stateOf(row)} · ${tokens(row.tokens)} tokens · ${cost(row.usd)}${mark === "" ? "" : ` (${mark})`}${failed}`;
}

function changeLine({ branch, base, head, files, lines, state, simulated }: ChangeRow): string {
  const mark = simulated ? ", simulated" : "";
  return `${visible(branch)}  ${base.slice(0, 12)}..${head.slice(0, 12)}  ${counted(files, "file")}, ${counted(lines, "line")}, ${state}${mark}`;
}

/** The command that looks at the result, or that lets it go on. */
function nextStep({ id, state, changes, repository, target_branch, approvals, way_on: way }: IdeaDetail): string {
  const asked = approvals.find((approval) => approval.state === "asked");
  if (asked !== undefined)
    return [
      ...(asked.action === "change" ? [`Look:  codex-loop run show ${asked.attempt_id} --diff`] : []),
      `Next:  codex-loop approvals grant ${asked.id}, or deny ${asked.id} --reason "…"`,
    ].join("\n");
  const isGranted = approvals.some((approval) => approval.action === "change" && approval.state === "granted");
  if (state === "awaiting_approval" && isGranted)
    return `Next: codex-loop idea resume ${id} --wait, unless codex-loop up runs: it goes on by itself there`;
  const change = changes.at(-1);
  if (change !== undefined && state === "completed")
    return `Next: git -C ${visible(repository)} diff ${visible(target_branch)}...${visible(change.branch)}`;
  if (way !== null && state === "blocked") return `Next: ${way}`;
  if (state === "paused" || state === "blocked" || state === "failed")
    return `Next: codex-loop idea resume ${id} --wait`;
  return "";
}
