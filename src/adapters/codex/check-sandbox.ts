import { text } from "node:stream/consumers";
import { fail, ok, type Result } from "../../kit/result.ts";
import { clip } from "../../kit/text.ts";
import type { AgentFailure } from "../../ports/agent.ts";
import type { Exit, ProgramSpec, SandboxedProgram } from "../../ports/sandbox.ts";
import { within } from "./within.ts";

/**
 * Tries Codex's own sandbox where the agent's commands will run. Without it each command fails and Codex says nothing
 * of it: the model would spend its budget on a machine that does not work. Takes 30 ms, at most `ms`.
 */
export async function checkSandbox(
  program: SandboxedProgram,
  spec: ProgramSpec,
  ms: number,
): Promise<Result<void, AgentFailure>> {
  const [binary] = spec.command;
  const started = await program({ ...spec, command: [binary, "sandbox", "--", "true"] });
  if (!started.ok)
    return fail({ code: "SANDBOX_UNAVAILABLE", detail: `${started.failure.message} ${started.failure.hint}` });
  await using running = started.value;
  running.stdin.end();
  running.stdout.resume();
  const ended = await within(ms, Promise.all([text(running.stderr), running.exited]));
  if (ended?.[1].code === 0) return ok(undefined);
  const why = ended === null ? `it did not end within ${ms / 1000} s.` : whyOf(...ended);
  return fail({ code: "SANDBOX_UNAVAILABLE", detail: `Codex's own sandbox does not work here: ${why} ${FIX}` });
}

function whyOf(said: string, { code, signal }: Exit): string {
  return clip(said.trim().replaceAll(/\s+/g, " "), 300) || `it ended with ${signal ?? `code ${code}`}.`;
}

const FIX = "Do this: allow unprivileged user namespaces on this machine (docs/operate/codex.md says how to look).";
