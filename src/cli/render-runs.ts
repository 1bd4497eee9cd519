import { counted } from "../kit/text.ts";
import type { AskedApproval } from "../views/shapes/approval.ts";
import type { MeterRow } from "../views/shapes/budget.ts";
import type { ArtifactRow, AttemptRow, CheckRow, RunDetail, RunRow } from "../views/shapes/run.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";
import { dollars, markOf, minuteOf, minutes, tokens } from "./words.ts";

const COLUMNS: readonly Column<RunRow>[] = [
  { title: "run", value: (row) => row.id },
  { title: "queued", value: (row) => minuteOf(row.queued_at) },
  { title: "state", value: stateOf },
  { title: "agent", value: (row) => row.agent },
  { title: "tokens", value: (row) => tokens(row.tokens), align: "right" },
  { title: "usd", value: (row) => dollars(row.usd), align: "right" },
  { title: "mark", value: markOf },
  { title: "waits", value: (row) => (row.waiting === 0 ? "" : "for a person") },
  { title: "idea", value: (row) => row.title, elastic: true },
];

export function renderRuns(rows: readonly RunRow[], output: Output): string {
  if (rows.length === 0) return "No runs yet.\nNext: codex-loop demo run, or codex-loop idea add --help";
  return `${table(rows, COLUMNS, output)}\n${counted(rows.length, "run")}`;
}

/** An ended run is told by how it ended. */
export function stateOf(row: Pick<AttemptRow, "state" | "outcome">): string {
  return row.outcome ?? row.state;
}

/** One run: what it was, what it cost, what was asked, checked, changed and left. */
export function renderRun(run: RunDetail, output: Output): string {
  const mark = run.simulated ? ` · ${output.style("yellow", "simulated")}` : "";
  const facts = [
    `${output.style("bold", visible(run.title))}${mark}`,
    `${run.id} · ${stateOf(run)} · ${run.role} · ${run.agent} · attempt ${run.number} · ${visible(run.repository)}`,
    `${visible(run.branch)} from ${run.base.slice(0, 12)} of ${visible(run.target_branch)}`,
    ...(run.failure_code === null ? [] : [output.style("red", visible(failureOf(run)))]),
    phases(run),
  ];
  const blocks = [
    facts.join("\n"),
    block("Limits", run.caps.map(meterLine), output),
    block("Questions", run.approvals.flatMap(approvalLines), output),
    block(
      "Checks",
      run.checks.map((check) => checkLine(check, output)),
      output,
    ),
    block("Change", changeLines(run), output),
    block("Artifacts", run.artifacts.map(artifactLine), output),
  ];
  return blocks.filter((text) => text !== "").join("\n\n");
}

export function failureOf({ failure_code, failure_detail }: AttemptRow): string {
  return [failure_code, failure_detail].filter((part) => part !== null).join(": ");
}

function phases({ phases: stations }: RunDetail): string {
  return stations.map(({ name, at }) => (at === null ? `${name} –` : `${name} ${at.slice(11, 19)}`)).join(" → ");
}

function block(title: string, lines: readonly string[], output: Output): string {
  return lines.length === 0 ? "" : `${output.style("bold", title)}\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function meterLine(row: MeterRow): string {
  const { unit, spent, cap, reserved, unknown, provenance } = row;
  const of = cap === null ? "no limit" : `of ${amount(unit, cap)}`;
  const held = reserved > 0 ? `, ${amount(unit, reserved)} reserved` : "";
  const used = spent === null ? "nothing counted" : `${unknown > 0 ? "at least " : ""}${amount(unit, spent)}`;
  return `${unit.replaceAll("_", " ")}: ${used} ${of}${held}${spent === null ? "" : ` (${provenance})`}`;
}

export function amount(unit: MeterRow["unit"], value: number): string {
  if (unit === "usd") return dollars(value);
  if (unit === "tokens") return tokens(value);
  return unit === "minutes" ? minutes(value) : String(value);
}

export function approvalLines(row: AskedApproval): readonly string[] {
  const rule = row.rule === null ? "" : ` (rule ${visible(row.rule)})`;
  const lines = [`${row.id} ${row.state}: ${row.action} ${visible(row.subject)}${rule}`];
  return row.reason === "" ? lines : [...lines, `  why: ${visible(row.reason)}`];
}

function checkLine(check: CheckRow, output: Output): string {
  const exit = check.timed_out ? "timed out" : `exit ${check.exit_code ?? "by a signal"}`;
  const word = check.passed ? output.style("green", "passed") : output.style("red", "failed");
  return `${word} ${visible(check.name)}: ${exit}, ${check.seconds.toFixed(1)} s  ${visible(check.command)}`;
}

function changeLines({ change }: RunDetail): readonly string[] {
  if (change === null) return [];
  const { branch, head, files, lines, state } = change;
  return [`${visible(branch)} at ${head.slice(0, 12)}: ${counted(files, "file")}, ${counted(lines, "line")}, ${state}`];
}

function artifactLine({ name, bytes, path, absent }: ArtifactRow): string {
  if (path === null) return `${name}: absent, ${absent?.replaceAll("_", " ") ?? "unknown"}`;
  return `${name}: ${bytes ?? "?"} bytes, ${visible(path)}`;
}
