import type { RunLogLine } from "../views/shapes/run.ts";
import type { Output } from "./output.ts";
import { visible } from "./visible.ts";

/** One line of a run's log for people: time, what happened, and what it says, on one line that steers no terminal. */
export function renderLogLine({ at, event, facts }: RunLogLine, output: Output): string {
  const time = output.style("dim", at === null ? "        " : at.slice(11, 19));
  return `${time}  ${visible(event)}  ${visible(saying(event, facts))}`.trimEnd();
}

function saying(event: string, facts: RunLogLine["facts"]): string {
  if (event === "said" || event === "warned") return wordOf(facts["text"]);
  if (event === "call_started") return `${wordOf(facts["tool"])}: ${wordOf(facts["input"])}`;
  if (event === "phase") return wordOf(facts["phase"]);
  if (event === "diff") return "changed files";
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name} ${wordOf(value)}`)
    .join(" · ");
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}
