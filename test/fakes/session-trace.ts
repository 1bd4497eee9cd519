/**
 * A small hand-built session for tests.
 * ```ts
 * const trace = aTrace().user("Fix add().").runs("npm test", { exit: 1 }).patches({ "add.js": "update" }).runs("npm test").build();
 * ```
 * Every step takes the next line and one second. A turn opens by itself at the first step and is completed at the end
 * unless `ends` or `breaksOff` says otherwise; `turn()` completes the open turn and begins the next one.
 */
import { idOf, type SegmentName } from "../../src/model/ids.ts";
import type { SessionOutcome } from "../../src/model/outcome.ts";
import { instantOf, type Instant } from "../../src/model/time.ts";
import { NO_TOKENS } from "../../src/model/tokens.ts";
import type {
  Mark,
  MarkKind,
  Message,
  Place,
  Segment,
  SessionTrace,
  TokenUsage,
  ToolCall,
  TraceSource,
  Turn,
} from "../../src/model/trace.ts";
import {
  fileChanges,
  linesBefore,
  plain,
  sessionRow,
  START,
  turnRow,
  type CallOptions,
  type Change,
  type UsageOptions,
} from "./session-rows.ts";

const SECOND = 1000;

/** Where a thread comes from: the agent that started it, or the conversation it goes on from. */
export interface Origin {
  readonly parent?: string;
  readonly fork?: string;
}

/** An empty trace to add steps to. */
export function aTrace(id = "thread-1", origin: Origin = {}): TraceBuilder {
  return new TraceBuilder(id, origin);
}

export class TraceBuilder {
  readonly #id: string;
  readonly #origin: Origin;
  readonly #segments: Segment[] = [];
  readonly #turns: Turn[] = [];
  readonly #calls: ToolCall[] = [];
  readonly #messages: Message[] = [];
  readonly #usage: TokenUsage[] = [];
  readonly #marks: Mark[] = [];
  #line = 0;
  #now = START;
  #serial = 0;
  #segment: SegmentName;
  #source: TraceSource = "rollout";
  #open: Turn | null = null;
  #outcome: SessionOutcome = "completed";
  #approvalPolicy: string | null = "on-request";

  constructor(id: string, origin: Origin) {
    this.#id = id;
    this.#origin = origin;
    this.#segment = idOf.segment(`rollout-${id}.jsonl`);
  }

  /** A person says something; without an open turn it opens one. */
  user(text: string): this {
    return this.#says("user", text);
  }

  agent(text: string): this {
    return this.#says("agent", text);
  }

  /** A shell command. Its family is its first word, or its first two for `npm` and `git`. */
  runs(command: string, options: CallOptions = {}): this {
    const words = command.split(" ");
    const family = words.slice(0, words[0] === "npm" || words[0] === "git" ? 2 : 1).join(" ");
    const exit = options.exit === undefined && options.outcome === undefined ? 0 : (options.exit ?? null);
    return this.calls("exec_command", { family, ...options, exit }, command);
  }

  /** An `apply_patch` that went well unless `options` says otherwise. */
  patches(changes: { readonly [path: string]: Change }, options: CallOptions = {}): this {
    return this.calls("apply_patch", { changes: fileChanges(changes), ...options }, "*** Begin Patch");
  }

  /** Any tool. */
  calls(tool: string, options: CallOptions = {}, input = "{}"): this {
    const turn = this.#turn();
    const place = this.#step();
    const startedAt = this.#at();
    const outcome = options.outcome ?? ((options.exit ?? 0) === 0 ? "ok" : "failed");
    const pending = outcome === "unfinished" || outcome === "running";
    const end = pending ? place : this.#step((options.seconds ?? 1) * SECOND);
    this.#serial += 1;
    this.#calls.push({
      ...place,
      sessionId: idOf.session(this.#id),
      callId: idOf.call(options.id ?? `call_${this.#serial}`),
      parentCallId: options.inside === undefined ? null : idOf.call(options.inside),
      turnId: turn.turnId,
      tool: plain(tool),
      family: plain(options.family ?? tool),
      input: plain(input),
      outcome,
      exitCode: options.exit ?? null,
      excerpt: plain(options.output ?? ""),
      startedAt,
      endedAt: pending ? null : this.#at(),
      durationMs: pending ? null : (options.seconds ?? 1) * SECOND,
      sandboxed: options.escalated !== true,
      escalated: options.escalated ?? false,
      changes: options.changes ?? [],
      endLine: end.line,
    });
    return this;
  }

  /** One model response of so many tokens. */
  responds(total: number, options: UsageOptions = {}): this {
    const turn = this.#turn();
    const place = this.#step();
    this.#serial += 1;
    this.#usage.push({
      ...place,
      ...NO_TOKENS,
      input: total,
      total,
      sessionId: idOf.session(this.#id),
      turnId: turn.turnId,
      responseId: idOf.response(`resp_${this.#serial}`),
      model: plain(options.model ?? "gpt-test"),
      at: this.#at(),
      provenance: options.provenance ?? "measured",
    });
    return this;
  }

  /** Anything else that happens to a thread. */
  marks(kind: MarkKind, detail = "", more: { readonly count?: number; readonly call?: string } = {}): this {
    const turn = this.#turn();
    const place = this.#step();
    this.#marks.push({
      ...place,
      sessionId: idOf.session(this.#id),
      turnId: turn.turnId,
      callId: more.call === undefined ? null : idOf.call(more.call),
      kind,
      detail: plain(detail),
      count: more.count ?? null,
      at: this.#at(),
    });
    return this;
  }

  /** A person is asked about a call and answers after so many seconds. */
  asks(call: string, answer: string, seconds = 1): this {
    this.marks("approval_asked", "exec", { call });
    this.waits(seconds - 1);
    return this.marks("approval_answered", answer, { call });
  }

  /** Time passes without a line. */
  waits(seconds: number): this {
    this.#now += seconds * SECOND;
    return this;
  }

  /** Completes the open turn and begins the next one. */
  turn(more: { readonly kind?: Turn["kind"]; readonly approvalPolicy?: string } = {}): this {
    if (this.#open !== null) this.ends("completed");
    if (more.approvalPolicy !== undefined) this.#approvalPolicy = more.approvalPolicy;
    this.#opens(more.kind ?? "task");
    return this;
  }

  /** The open turn ends this way, and so does the session if nothing follows. */
  ends(outcome: SessionOutcome, error: string | null = null): this {
    const turn = this.#turn();
    this.#step();
    const endedAt = outcome === "unfinished" || outcome === "running" ? null : this.#at();
    this.#turns[this.#turns.length - 1] = { ...turn, outcome, error: error === null ? null : plain(error), endedAt };
    this.#open = null;
    this.#outcome = outcome;
    return this;
  }

  /** The recording stops in mid-turn; the clock says whether the session is over or may go on. */
  breaksOff(session: "unfinished" | "running" = "unfinished"): this {
    this.ends("unfinished");
    this.#outcome = session;
    return this;
  }

  /** A revert takes back the last `count` turns: marks them and leaves the mark a reader would leave. */
  reverts(count: number): this {
    if (this.#open !== null) this.ends("completed");
    const from = this.#turns.length - count;
    this.#turns.forEach((turn, index) => {
      if (index >= from) this.#turns[index] = { ...turn, reverted: true };
    });
    return this.marks("rollback", "revert");
  }

  /** Lines from here on stand in another file of the same thread. */
  segment(name: string, source: TraceSource = "rollout"): this {
    this.#segments.push(this.#currentSegment());
    this.#segment = idOf.segment(name);
    this.#source = source;
    this.#line = 0;
    return this;
  }

  build(): SessionTrace {
    if (this.#open !== null) this.ends("completed");
    const segments = [...this.#segments, this.#currentSegment()];
    return {
      session: sessionRow({
        id: this.#id,
        source: segments[0]?.source,
        parent: this.#origin.parent ?? null,
        origin: this.#origin.fork ?? null,
        lastAt: this.#at(),
      }),
      outcome: this.#outcome,
      segments,
      turns: this.#turns,
      calls: this.#calls,
      messages: this.#messages,
      usage: this.#usage,
      marks: this.#marks,
      seqOf: (place) => linesBefore(segments, place.segment) + place.line,
    };
  }

  #says(role: Message["role"], text: string): this {
    const turn = this.#turn();
    const place = this.#step();
    this.#messages.push({
      ...place,
      sessionId: idOf.session(this.#id),
      turnId: turn.turnId,
      role,
      text: plain(text),
      at: this.#at(),
    });
    return this;
  }

  #turn(): Turn {
    return this.#open ?? this.#opens("task");
  }

  #opens(kind: Turn["kind"]): Turn {
    const place = this.#step();
    const number = this.#turns.length + 1;
    const turn = turnRow({
      place,
      session: this.#id,
      number,
      kind,
      approvalPolicy: this.#approvalPolicy,
      at: this.#at(),
    });
    this.#turns.push(turn);
    this.#open = turn;
    return turn;
  }

  #step(ms: number = SECOND): Place {
    this.#line += 1;
    this.#now += ms;
    return { segment: this.#segment, offset: this.#line * 100, line: this.#line };
  }

  #at(): Instant {
    return instantOf(this.#now);
  }

  #currentSegment(): Segment {
    return {
      sessionId: idOf.session(this.#id),
      name: this.#segment,
      path: `/recordings/${this.#segment}`,
      lines: this.#line,
      source: this.#source,
      firstOrdinal: 0,
    };
  }
}
