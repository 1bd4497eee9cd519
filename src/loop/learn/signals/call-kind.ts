import { isShellTool } from "../../../formats/tool-name.ts";
import { isPatch } from "../../../model/patch-call.ts";
import type { ToolCall } from "../../../model/trace.ts";

/** A command run in a shell; an exit code tells one under a tool name that nobody has met. */
export function isCommand(call: ToolCall): boolean {
  return !isPatch(call) && (isShellTool(call.tool) || call.exitCode !== null);
}

/** A command or a patch: what changes or checks the work, unlike plans, polls and lookups. */
export function isAct(call: ToolCall): boolean {
  return isPatch(call) || isCommand(call);
}
