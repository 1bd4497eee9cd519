import type { Output } from "./output.ts";

/** Control characters and direction marks, except tabs: a diff holds what an agent wrote. */
const STEERING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A unified diff with its added and removed lines in colour. */
export function renderDiff(diff: string, output: Output): string {
  return diff
    .trimEnd()
    .split("\n")
    .map((line) =>
      coloured(
        line.replaceAll(STEERING, (sign) => (sign === "\t" ? sign : "\uFFFD")),
        output,
      ),
    )
    .join("\n");
}

function coloured(line: string, output: Output): string {
  if (line.startsWith("+")) return output.style("green", line);
  if (line.startsWith("-")) return output.style("red", line);
  return line.startsWith("@@") || line.startsWith("diff ") ? output.style("cyan", line) : line;
}
