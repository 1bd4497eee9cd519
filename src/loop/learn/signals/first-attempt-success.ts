import { anyCallFriction } from "./call-friction.ts";
import { isCommand } from "./call-kind.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const firstAttemptSuccess: SignalRule = {
  category: "first_attempt_success",
  version: 1,
  severity: 0.9,
  detector: "mechanical",
  definition: "The session ran at least one command, every command exited with 0, and no call failed or was refused.",
  source: "predecessor",
  find: (trace) => {
    const commands = trace.calls.filter(isCommand);
    const last = commands.at(-1);
    const clean = commands.every((call) => call.outcome === "ok") && !anyCallFriction(trace);
    if (last === undefined || !clean || !OPEN_OR_GOOD.has(trace.outcome)) return [];
    return [threadFinding(last, say`every command succeeded, commands: ${commands.length}`)];
  },
};

/** A failed or interrupted session is no success, however well its commands went. */
const OPEN_OR_GOOD: ReadonlySet<string> = new Set(["completed", "unfinished"]);
