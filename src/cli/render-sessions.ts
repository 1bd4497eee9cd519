import { clip, counted } from "../kit/text.ts";
import type { SessionDetail, SessionRow, TimelineRow } from "../views/shapes/session.ts";
import type { Output } from "./output.ts";
import { sampleLine } from "./sample-line.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";
import { milliseconds, minuteOf, tokens } from "./words.ts";

const COLUMNS: readonly Column<SessionRow>[] = [
  { title: "session", value: (row) => row.id },
  { title: "started", value: (row) => minuteOf(row.started_at) },
  { title: "outcome", value: (row) => row.outcome },
  { title: "turns", value: (row) => String(row.turn_count), align: "right" },
  { title: "calls", value: (row) => String(row.tool_call_count), align: "right" },
  { title: "tokens", value: (row) => tokens(row.tokens.total), align: "right" },
  { title: "friction", value: (row) => String(row.friction_count), align: "right" },
  { title: "asked", value: (row) => row.title ?? "–", elastic: true },
];

export function renderSessions(rows: readonly SessionRow[], output: Output): string {
  if (rows.length === 0)
    return "No sessions yet.\nNext: codex-loop ingest (reads your Codex home), or codex-loop ingest PATH";
  return `${table(rows, COLUMNS, output)}\n${counted(rows.length, "session")}${sampleLine(rows, output)}`;
}

/** One session: what it was, what happened in order, and what was found in it. */
export function renderSession(session: SessionDetail, output: Output): string {
  const facts = [
    `${output.style("bold", visible(session.title ?? "Untitled session"))}${session.sample ? ` · ${output.style("yellow", "sample data")}` : ""}`,
    `${session.id} · ${session.outcome} · ${minuteOf(session.started_at)} UTC · codex ${visible(session.cli_version ?? "unknown")} · ${visible(session.model ?? "unknown model")}`,
    `${counted(session.turn_count, "turn")} · ${counted(session.tool_call_count, "tool call")} · ${tokens(session.tokens.total)} tokens (${session.tokens.provenance}) · ${visible(session.cwd ?? "unknown folder")}`,
  ].join("\n");
  const timeline = session.timeline.map((row) => timelineLine(row, output)).join("\n");
  const signals = session.signals
    .map((row) => `  ${row.category}  line ${row.evidence.line}  ${visible(row.description)}`)
    .join("\n");
  const found = signals === "" ? "" : `\n\n${output.style("bold", "Signals")}\n${signals}`;
  return `${facts}\n\n${timeline}${found}`;
}

function timelineLine(row: TimelineRow, output: Output): string {
  const place = output.style("dim", String(row.seq).padStart(5));
  const room = Number.isFinite(output.columns) ? Math.max(40, output.columns - 8) : 400;
  const text = clip(visible(describe(row)), room);
  return `${place}  ${row.kind === "call" && row.call.outcome !== "ok" ? output.style("red", text) : text}`;
}

function describe(row: TimelineRow): string {
  switch (row.kind) {
    case "turn":
      return `turn ${row.turn.kind} ${row.turn.reverted ? "reverted " : ""}${row.turn.outcome}${row.turn.error === null ? "" : ` (${row.turn.error})`}`;
    case "message":
      return `${row.role === "user" ? "person" : "agent"}: ${row.text}`;
    case "call": {
      const { call } = row;
      const exit = call.exit_code === null ? "" : ` ${call.exit_code}`;
      return `${call.parent_call_id === null ? "" : "└ "}${call.tool} ${call.outcome}${exit} ${milliseconds(call.duration_ms)}: ${call.input}`;
    }
    case "mark":
      return `${row.mark}${row.detail === "" ? "" : ` ${row.detail}`}`;
  }
}
