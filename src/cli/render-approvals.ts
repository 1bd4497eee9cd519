import { counted } from "../kit/text.ts";
import type { AskedApproval } from "../views/shapes/approval.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { minuteOf } from "./words.ts";

const COLUMNS: readonly Column<AskedApproval>[] = [
  { title: "approval", value: (row) => row.id },
  { title: "state", value: (row) => row.state },
  { title: "asks for", value: (row) => row.action },
  { title: "rule", value: (row) => row.rule ?? "–" },
  { title: "open until", value: (row) => minuteOf(row.expires_at) },
  { title: "mark", value: (row) => (row.simulated ? "simulated" : "") },
  { title: "run", value: (row) => row.attempt_id },
  { title: "what", value: (row) => row.subject, elastic: true },
  { title: "why", value: (row) => row.reason, elastic: true },
];

export function renderApprovals(rows: readonly AskedApproval[], output: Output): string {
  if (rows.length === 0) return "Nothing waits for a person.";
  const simulated = rows.some((row) => row.simulated)
    ? `\n${output.style("yellow", "simulated")} runs are among them`
    : "";
  return `${table(rows, COLUMNS, output)}\n${counted(rows.length, "question")}${simulated}`;
}
