/** One made-up session in the format of Codex 0.169: turns of a question, calls with outputs and items, usage, an answer. */
import type { Random } from "../../src/kit/random.ts";

export interface SessionPlan {
  readonly number: number;
  readonly calls: number;
  /** Typical size of a call's output. */
  readonly outputBytes: number;
  /** Size of the one fat line in ten calls; 0 for none. */
  readonly fatBytes: number;
  readonly random: Random;
  readonly words: (bytes: number) => string;
}

export interface SessionLines {
  readonly fileName: string;
  readonly day: string;
  readonly lines: readonly string[];
  readonly tokens: number;
}

const EPOCH = Date.parse("2026-09-01T00:00:00.000Z");
const CALLS_PER_TURN = 8;
const COMMANDS = [
  "npm test",
  "node check.mjs",
  "git status",
  "npx tsc -p .",
  "ls -la src",
  "cargo build",
  "python -m pytest -q",
  "rg TODO src",
];

export function sessionLines(plan: SessionPlan): SessionLines {
  const writer = new SessionWriter(plan);
  writer.head();
  for (let call = 0; call < plan.calls; call += 1) {
    if (call % CALLS_PER_TURN === 0) writer.startTurn();
    writer.call(call);
    if (call % CALLS_PER_TURN === CALLS_PER_TURN - 1 || call === plan.calls - 1) writer.endTurn();
  }
  return writer.done();
}

class SessionWriter {
  readonly #plan: SessionPlan;
  readonly #lines: string[] = [];
  readonly #id: string;
  readonly #start: number;
  #ms = 0;
  #turn = 0;
  #tokens = 0;
  #total = { input: 0, output: 0 };

  constructor(plan: SessionPlan) {
    this.#plan = plan;
    this.#start = EPOCH + plan.number * 600_000;
    this.#id = uuid(this.#start, plan.number);
  }

  head(): void {
    const { words, number } = this.#plan;
    this.#line("session_meta", {
      session_id: this.#id,
      id: this.#id,
      timestamp: this.#at(),
      cwd: `/home/dev/work/repo-${number % 7}`,
      originator: "codex_exec",
      cli_version: "0.169.0",
      source: "exec",
      model_provider: "openai",
      base_instructions: { text: words(9_000) },
      history_mode: "paginated",
      git: {
        commit_hash: "c991cc7cb19756f70ff05e9c431416befa64f435",
        branch: "main",
        repository_url: "https://example.invalid/acme/scratch.git",
      },
    });
  }

  startTurn(): void {
    this.#turn += 1;
    this.#event({
      type: "task_started",
      turn_id: this.#turnId(),
      turn_attribution: { turn_trigger: "exec" },
      started_at: Math.floor(this.#start / 1000),
      model_context_window: 258_400,
    });
    this.#line("world_state", { full: true, state: { environments: this.#plan.words(1_500) } });
    this.#line("turn_context", {
      turn_id: this.#turnId(),
      cwd: "/home/dev/work/repo",
      approval_policy: "never",
      sandbox_policy: { type: "workspace-write" },
      model: "gpt-5.5",
      summary: "auto",
    });
    const text = `${this.#plan.words(200)} please`;
    this.#response({ type: "message", role: "user", content: [{ type: "input_text", text }] });
    this.#event({
      type: "item_completed",
      thread_id: this.#id,
      turn_id: this.#turnId(),
      item: { type: "UserMessage", id: `u${this.#turn}`, content: [{ type: "text", text, text_elements: [] }] },
      started_at_ms: 1,
      completed_at_ms: 1,
    });
  }

  call(number: number): void {
    const { random, words, outputBytes, fatBytes } = this.#plan;
    const command = COMMANDS[Math.floor(random() * COMMANDS.length)] ?? "ls";
    const exit = random() < 0.12 ? 1 : 0;
    const callId = `call_${this.#plan.number}_${number}`;
    this.#response({
      type: "reasoning",
      summary: [{ type: "summary_text", text: words(120) }],
      content: null,
      encrypted_content: words(600),
    });
    this.#response({
      type: "function_call",
      id: `fc_${callId}`,
      name: "exec_command",
      arguments: JSON.stringify({ cmd: `${command} # ${words(60).trim()}` }),
      call_id: callId,
    });
    this.#usage(number);
    const isFat = fatBytes > 0 && number % 10 === 9;
    const output = words(isFat ? fatBytes : Math.floor(outputBytes * (0.3 + 1.4 * random())));
    this.#ms += 800 + Math.floor(random() * 4_000);
    this.#event({
      type: "item_completed",
      thread_id: this.#id,
      turn_id: this.#turnId(),
      item: {
        type: "CommandExecution",
        id: callId,
        command: ["/bin/bash", "-lc", command],
        cwd: "file:///home/dev/work/repo",
        parsed_cmd: [{ type: "unknown", cmd: command }],
        status: exit === 0 ? "completed" : "failed",
        aggregated_output: output.slice(0, 65_536),
        exit_code: exit,
        duration: { secs: 0, nanos: 58_230_170 },
      },
      started_at_ms: 1,
      completed_at_ms: 2,
    });
    this.#response({
      type: "function_call_output",
      call_id: callId,
      output: `Chunk ID: b72d3a\nWall time: 0.8 seconds\nProcess exited with code ${exit}\nOriginal token count: 190\nOutput:\n${output}`,
    });
    if (isFat)
      this.#line("compacted", {
        message: words(400),
        replacement_history: [
          { type: "message", role: "user", content: [{ type: "input_text", text: words(fatBytes) }] },
        ],
      });
  }

  endTurn(): void {
    const text = this.#plan.words(400);
    this.#event({
      type: "item_completed",
      thread_id: this.#id,
      turn_id: this.#turnId(),
      item: { type: "AgentMessage", id: `a${this.#turn}`, content: [{ type: "Text", text }] },
      started_at_ms: 1,
      completed_at_ms: 1,
    });
    this.#response({ type: "message", role: "assistant", content: [{ type: "output_text", text }] });
    this.#event({
      type: "task_complete",
      turn_id: this.#turnId(),
      last_agent_message: text,
      duration_ms: 1_000,
      completed_at: 1,
    });
  }

  done(): SessionLines {
    const at = new Date(this.#start).toISOString();
    return {
      fileName: `rollout-${at.slice(0, 19).replaceAll(":", "-")}-${this.#id}.jsonl`,
      day: at.slice(0, 10),
      lines: this.#lines,
      tokens: this.#tokens,
    };
  }

  #usage(number: number): void {
    const { random } = this.#plan;
    const input = 2_000 + number * 300;
    const output = 40 + Math.floor(random() * 200);
    this.#tokens += input + output;
    this.#total = { input: this.#total.input + input, output: this.#total.output + output };
    const usage = counts(input, output);
    this.#line("token_usage_record", {
      thread_id: this.#id,
      turn_id: this.#turnId(),
      session_id: this.#id,
      response_id: `resp_${this.#plan.number}_${number}`,
      usage,
      turn_token_usage: usage,
      thread_token_usage: counts(this.#total.input, this.#total.output),
    });
    this.#event({
      type: "token_count",
      info: {
        total_token_usage: counts(this.#total.input, this.#total.output),
        last_token_usage: usage,
        model_context_window: 258_400,
      },
      rate_limits: { limit_id: "codex" },
    });
  }

  #event(payload: object): void {
    this.#line("event_msg", payload);
  }

  #response(payload: object): void {
    this.#line("response_item", payload);
  }

  #line(type: string, payload: object): void {
    this.#ms += 7;
    this.#lines.push(JSON.stringify({ timestamp: this.#at(), ordinal: this.#lines.length, type, payload }));
  }

  #at(): string {
    return new Date(this.#start + this.#ms).toISOString();
  }

  #turnId(): string {
    return uuid(this.#start + this.#turn, this.#plan.number * 1_000 + this.#turn);
  }
}

function counts(input: number, output: number): object {
  return {
    input_tokens: input,
    cached_input_tokens: Math.floor(input / 2),
    cache_write_input_tokens: 0,
    output_tokens: output,
    reasoning_output_tokens: 0,
    total_tokens: input + output,
  };
}

/** A version 7 UUID of a time and a number. */
function uuid(ms: number, number: number): string {
  const time = ms.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, "0")}`;
}
