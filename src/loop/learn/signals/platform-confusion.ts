import type { ToolCall } from "../../../model/trace.ts";
import { isCommand } from "./call-kind.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const platformConfusion: SignalRule = {
  category: "platform_confusion",
  version: 1,
  severity: 0.6,
  detector: "heuristic",
  definition: "Two or more commands failed because they belong to another operating system or shell.",
  source: "predecessor",
  find: (trace) => {
    const mistakes = trace.calls.filter(isForeign);
    const decisive = mistakes[THRESHOLDS.platformMistakes.value - 1];
    if (decisive === undefined) return [];
    return [threadFinding(decisive, say`${mistakes.length} commands belong to another platform`)];
  },
};

/** What a shell prints when it is spoken to in another one's language. */
const FOREIGN_SHELL =
  /is not recognized as (?:an internal|the name of a cmdlet)|illegal option --|invalid command code/i;
const NOT_FOUND = /command not found|: not found|No such file or directory/i;
/** Programs that exist on one platform only. */
const FOREIGN_PROGRAMS: ReadonlySet<string> = new Set([
  "dir",
  "cls",
  "copy",
  "del",
  "findstr",
  "ipconfig",
  "tasklist",
  "powershell",
  "pwsh",
  "cmd",
  "cmd.exe",
  "get-childitem",
  "get-content",
  "set-content",
  "select-string",
  "remove-item",
  "brew",
  "pbcopy",
  "pbpaste",
  "sw_vers",
  "launchctl",
  "apt",
  "apt-get",
  "dnf",
  "yum",
  "pacman",
]);

function isForeign(call: ToolCall): boolean {
  if (!isCommand(call) || call.outcome !== "failed") return false;
  if (FOREIGN_SHELL.test(call.excerpt)) return true;
  const program = call.family.split(" ")[0]?.toLowerCase() ?? "";
  return FOREIGN_PROGRAMS.has(program) && (call.exitCode === 127 || NOT_FOUND.test(call.excerpt));
}
