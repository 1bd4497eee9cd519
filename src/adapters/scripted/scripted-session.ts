import { setTimeout as wait } from "node:timers/promises";
import type { ScriptStep } from "../../formats/script/script.ts";
import { hashParts } from "../../kit/hash.ts";
import { isAttemptFailureCode } from "../../model/attempt-failure.ts";
import type { AgentOptions, AgentSession, TurnEnd } from "../../ports/agent.ts";
import type { Exit, RunningProgram } from "../../ports/sandbox.ts";

export interface SessionSurroundings {
  readonly options: AgentOptions;
  readonly env: Readonly<Record<string, string>>;
}

/** How a step ended: `null` goes on to the next one. */
type StepEnd = Exclude<TurnEnd, { readonly kind: "completed" }> | null;

interface Called {
  readonly end: StepEnd;
  /** What the program ended with. */
  readonly code: number | null;
}

/** Plays all its steps in the first turn; later turns find nothing left to do. */
export class ScriptedSession implements AgentSession {
  readonly sessionId: null = null;
  readonly #steps: readonly ScriptStep[];
  readonly #options: AgentOptions;
  readonly #env: Readonly<Record<string, string>>;
  readonly #stop: AbortController = new AbortController();
  readonly #running: Set<RunningProgram> = new Set();
  #next = 0;
  #said: string | null = null;

  constructor(steps: readonly ScriptStep[], { options, env }: SessionSurroundings) {
    this.#steps = steps;
    this.#options = options;
    this.#env = env;
  }

  async turn(): Promise<TurnEnd> {
    this.#options.heard({ kind: "turn_started" });
    const end = await this.#play();
    this.#options.heard({ kind: "turn_ended" });
    return end ?? { kind: "completed", lastMessage: this.#said };
  }

  async interrupt(): Promise<void> {
    this.#stop.abort();
    await Promise.all([...this.#running].map((program) => program.kill()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.interrupt();
  }

  async #play(): Promise<StepEnd> {
    for (let step = this.#steps[this.#next]; step !== undefined; step = this.#steps[this.#next]) {
      this.#next += 1;
      const end = await this.#do(step);
      if (this.#stop.signal.aborted) return { kind: "interrupted" };
      if (end !== null) return end;
    }
    return null;
  }

  async #do(step: ScriptStep): Promise<StepEnd> {
    if ("write" in step) return this.#write(step.write);
    if ("run" in step) return (await this.#call("exec_command", step.run)).end;
    if ("ask" in step) return this.#ask(step.ask);
    if ("usage" in step) return this.#spend(step.usage);
    if ("fail" in step) return failed(step.fail);
    if ("say" in step) this.#say(step.say);
    else await wait(step.sleep * 1000, undefined, { signal: this.#stop.signal }).catch(() => {});
    return null;
  }

  #say(text: string): void {
    this.#said = text;
    this.#options.heard({ kind: "said", text });
  }

  /** Written by a program inside the walls: a script must reach no further than an agent does. */
  async #write({ path, text }: { readonly path: string; readonly text: string }): Promise<StepEnd> {
    const command = ["/bin/sh", "-c", 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1"', "write", path];
    const called = await this.#call("write_file", command, { input: text, shown: path });
    if (called.end !== null || called.code === 0) return called.end;
    return { kind: "failed", failure: { code: "AGENT_FAILED", detail: `The script could not write ${path}.` } };
  }

  async #ask({ command, reason }: { readonly command: readonly string[]; readonly reason: string }): Promise<StepEnd> {
    const callId = `scripted-${this.#next}`;
    const subject = command.join(" ");
    const key = hashParts("scripted", this.#next, subject);
    const { cwd } = this.#options;
    const answer = await this.#options.ask({ key, action: "command", subject, command, cwd, reason, callId });
    if (answer.kind === "granted") return (await this.#call("exec_command", command)).end;
    this.#say(answer.kind === "denied" ? `It was denied: ${answer.reason}` : `There was no answer: ${answer.kind}.`);
    return null;
  }

  async #spend({ input, output }: { readonly input: number; readonly output: number }): Promise<StepEnd> {
    const allowed = await this.#options.spend({ key: `step-${this.#next}`, input, output });
    if (allowed) return null;
    return { kind: "failed", failure: { code: "PROVIDER_QUOTA", detail: "The usage was refused." } };
  }

  /** A command that fails is something the script has seen coming; one that cannot be started ends the turn. */
  async #call(
    tool: string,
    [program = "", ...words]: readonly string[],
    { input = "", shown }: { readonly input?: string; readonly shown?: string } = {},
  ): Promise<Called> {
    const callId = `scripted-${this.#next}`;
    const { heard, cwd } = this.#options;
    heard({ kind: "call_started", callId, tool, input: shown ?? [program, ...words].join(" ") });
    const started = await this.#options.program({ command: [program, ...words], cwd, env: this.#env });
    if (!started.ok) {
      const { message, cause } = started.failure;
      heard({ kind: "call_ended", callId, tool, exitCode: null, ok: false });
      const failure = { code: "SANDBOX_UNAVAILABLE", detail: `${message} ${cause}` } as const;
      return { end: { kind: "failed", failure }, code: null };
    }
    const { code } = await this.#finish(started.value, input);
    heard({ kind: "call_ended", callId, tool, exitCode: code, ok: code === 0 });
    return { end: null, code };
  }

  /** Output is thrown away as it comes: a script decides nothing by it. */
  async #finish(program: RunningProgram, input: string): Promise<Exit> {
    this.#running.add(program);
    if (this.#stop.signal.aborted) await program.kill();
    for (const stream of [program.stdout, program.stderr]) stream.on("error", () => {}).resume();
    program.stdin.on("error", () => {});
    program.stdin.end(input);
    const exit = await program.exited;
    // A call ends with everything that it left running.
    await program.kill();
    this.#running.delete(program);
    return exit;
  }
}

function failed(code: string): StepEnd {
  const known = isAttemptFailureCode(code) ? code : "AGENT_FAILED";
  return { kind: "failed", failure: { code: known, detail: "The script says so." } };
}
