import type { ToolCall } from "./trace.ts";

const PATCH = "apply_patch";

/** A patch, also one that a shell command handed to `apply_patch` as its only act. */
export function isPatch(call: ToolCall): boolean {
  return call.tool === PATCH || call.family === PATCH;
}
