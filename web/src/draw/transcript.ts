/** The live log of a run as the page draws it: lines stay as they are, a call and its end become one row. */
import type { RunLogLine } from "../../../src/views/shapes/run.ts";

export type TranscriptRow =
  | { readonly kind: "said"; readonly number: number; readonly at: string | null; readonly text: string }
  | {
      readonly kind: "call";
      readonly number: number;
      readonly at: string | null;
      readonly tool: string;
      readonly input: string;
      readonly outcome: "running" | "ok" | "failed";
      readonly exitCode: number | null;
      /** Milliseconds; `null` while it runs and where a line has no time. */
      readonly took: number | null;
    }
  | {
      readonly kind: "fact";
      readonly number: number;
      readonly at: string | null;
      readonly event: string;
      readonly text: string;
      readonly isBad: boolean;
    };

/** Says nothing that a reader needs beside what follows from it. */
const SILENT = new Set(["diff", "call_ended", "turn_ended"]);
const BAD = new Set(["warned", "failed", "refused", "stopping", "cap", "survivors"]);

export function transcriptOf(lines: readonly RunLogLine[]): readonly TranscriptRow[] {
  const ends = new Map(lines.flatMap((line) => (line.event === "call_ended" ? [[callOf(line), line] as const] : [])));
  return lines.flatMap((line) => (SILENT.has(line.event) ? [] : [rowOf(line, ends)]));
}

function rowOf(line: RunLogLine, ends: ReadonlyMap<string, RunLogLine>): TranscriptRow {
  const { number, at, event, facts } = line;
  if (event === "said") return { kind: "said", number, at, text: wordOf(facts["text"]) };
  if (event === "call_started") return callRow(line, ends.get(callOf(line)));
  return { kind: "fact", number, at, event, text: factsOf(event, facts), isBad: BAD.has(event) };
}

function callRow(line: RunLogLine, end: RunLogLine | undefined): TranscriptRow {
  const { number, at, facts } = line;
  const exit = end?.facts["exitCode"] ?? end?.facts["exit_code"];
  return {
    kind: "call",
    number,
    at,
    tool: wordOf(facts["tool"]),
    input: wordOf(facts["input"]),
    outcome: end === undefined ? "running" : end.facts["ok"] === true ? "ok" : "failed",
    exitCode: typeof exit === "number" ? exit : null,
    took: end === undefined || end.at === null || at === null ? null : Date.parse(end.at) - Date.parse(at),
  };
}

/** The newest diff that the agent told of, for as long as no change was recorded. */
export function toldDiff(lines: readonly RunLogLine[]): string | null {
  const line = lines.findLast(({ event }) => event === "diff");
  return line === undefined ? null : wordOf(line.facts["diff"]);
}

function callOf({ facts }: RunLogLine): string {
  return wordOf(facts["callId"] ?? facts["call_id"]);
}

/** `running · turns 2`: the facts of a line in its own order. */
function factsOf(event: string, facts: RunLogLine["facts"]): string {
  return (
    Object.entries(facts)
      .filter(([, value]) => value !== null && value !== "")
      // A line that is named after its one fact need not say the name twice.
      .map(([name, value]) => (name === event ? wordOf(value) : `${name} ${wordOf(value)}`))
      .join(" · ")
  );
}

function wordOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}
