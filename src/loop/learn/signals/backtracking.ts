import type { ToolCall } from "../../../model/trace.ts";
import { isCommand } from "./call-kind.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const backtracking: SignalRule = {
  category: "backtracking",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition:
    "The agent threw work away with git (checkout of files, restore, reset --hard, stash, clean, revert) after changing files.",
  source: "own",
  find: (trace) => {
    const firstEdit = trace.calls.findIndex((call) => call.outcome === "ok" && call.changes.length > 0);
    if (firstEdit === -1) return [];
    return trace.calls
      .slice(firstEdit + 1)
      .filter(discards)
      .map((call) => findingAt(call, say`${named(call.family)} threw away changes`));
  },
};

/** Forms of git that lose uncommitted or committed work; switching branches and unstaging lose nothing. */
const DISCARDS = new RegExp(
  String.raw`\bgit (?:-[cC] \S+ )*(?:${[
    String.raw`checkout (?:-f\b|--force\b|\S+ -- |-- |\.(?:\s|$))`,
    String.raw`restore (?!.*--staged)`,
    String.raw`reset (?:\S+ )?--hard\b`,
    String.raw`clean -\w*f`,
    String.raw`revert\b`,
    String.raw`stash(?: push| -u| save|\s*(?:$|[&;|]))`,
  ].join("|")})`,
);

function discards(call: ToolCall): boolean {
  return isCommand(call) && call.outcome === "ok" && DISCARDS.test(call.input);
}
