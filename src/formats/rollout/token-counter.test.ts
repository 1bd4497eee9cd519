import { expect, test } from "vitest";
import { goldenJson, readAll, sampleRollouts } from "../../../test/fakes/sample-recordings.ts";
import type { LineReader } from "../record.ts";
import { rolloutReader, rolloutTokenReader } from "./rollout-reader.ts";
import { countTokens, newTokenCounter, type CountedTokens, type TokenCounterState } from "./token-counter.ts";

type Totals = Record<string, { readonly true_total_tokens: number | null }>;

/** Rows of one file, its state written out and read back after every line as a checkpoint does. */
function countFile(lines: Iterable<Uint8Array | string>, reader: LineReader = rolloutReader): readonly CountedTokens[] {
  let state = newTokenCounter();
  const rows: CountedTokens[] = [];
  for (const { records } of readAll(reader, lines)) {
    for (const record of records) {
      const counted = countTokens(state, record);
      rows.push(...counted.rows);
      state = JSON.parse(JSON.stringify(counted.state)) as TokenCounterState;
    }
  }
  return rows;
}

/** What a store that keeps the first row of each name adds up to. */
function sumOf(files: readonly (readonly CountedTokens[])[]): number {
  const kept = new Map(
    files
      .flat()
      .toReversed()
      .map((row) => [row.responseId, row.tokens.total]),
  );
  return [...kept.values()].reduce((sum, total) => sum + total, 0);
}

const SCENARIOS = [
  ...Object.entries(goldenJson("codex/expected.json") as Totals).map(([name, truth]) => ({
    folder: `0.169.0/${name}`,
    truth,
  })),
  ...Object.entries(goldenJson("codex/older-expected.json") as Totals).map(([name, truth]) => ({
    folder: `older/${name}`,
    truth,
  })),
];

test.each(SCENARIOS)("[TRC-5] $folder: the sum is what the model server counted", ({ folder, truth }) => {
  const files = sampleRollouts(folder).map(({ lines }) => countFile(lines));
  expect(sumOf(files)).toBe(truth.true_total_tokens ?? 0);
  expect(new Set(files.flat().map(({ provenance }) => provenance))).toEqual(
    new Set(files.flat().length > 0 ? ["measured"] : []),
  );
});

test.each(SCENARIOS)("[TRC-5] $folder: reading token lines alone counts the same", ({ folder }) => {
  for (const { lines } of sampleRollouts(folder))
    expect(countFile(lines, rolloutTokenReader)).toEqual(countFile(lines));
});

test("[TRC-5] one row per response of the model server", () => {
  const rows = sampleRollouts("0.169.0/resume").flatMap(({ lines }) => countFile(lines));
  expect(new Set(rows.map(({ responseId }) => responseId)).size).toBe(rows.length);
  expect(rows.every(({ turnId, at }) => turnId !== null && at !== null)).toBe(true);
});

interface Usage {
  readonly input: number;
  readonly output: number;
}

/** Writes a rollout of the years of running totals, line by line, at a clock that the script moves. */
class OldRollout {
  readonly lines: string[] = [];
  #ms: number;
  #total: Usage = { input: 0, output: 0 };
  #last: Usage = { input: 0, output: 0 };

  constructor(startedAt: string) {
    this.#ms = Date.parse(startedAt);
  }

  pause(ms: number): this {
    this.#ms += ms;
    return this;
  }

  line(type: string, payload: Record<string, unknown>): this {
    this.lines.push(JSON.stringify({ timestamp: new Date(this.#ms).toISOString(), type, payload }));
    this.#ms += 15;
    return this;
  }

  session(id: string, from: Record<string, unknown> = {}): this {
    return this.line("session_meta", {
      id,
      cli_version: "0.101.0",
      timestamp: new Date(this.#ms).toISOString(),
      ...from,
    });
  }

  respond(last: Usage): this {
    this.#last = last;
    this.#total = { input: this.#total.input + last.input, output: this.#total.output + last.output };
    return this.counters();
  }

  /** The counters again, as a screen asks for them. */
  counters(): this {
    const info = { total_token_usage: usage(this.#total), last_token_usage: usage(this.#last) };
    return this.line("event_msg", { type: "token_count", info });
  }

  restart(): this {
    this.#total = { input: 0, output: 0 };
    return this;
  }

  /** Another file's lines below its own session line, at the times of the copying, its counters going on from there. */
  copy(other: OldRollout): this {
    for (const line of other.lines) {
      const { type, payload } = JSON.parse(line) as { type: string; payload: Record<string, unknown> };
      this.line(type, payload);
    }
    return this.continue(other);
  }

  /** Counts on from where another file's counters stand. */
  continue(other: OldRollout): this {
    this.#total = other.#total;
    this.#last = other.#last;
    return this;
  }
}

function usage({ input, output }: Usage): Record<string, number> {
  return {
    input_tokens: input,
    cached_input_tokens: 0,
    output_tokens: output,
    reasoning_output_tokens: 0,
    total_tokens: input + output,
  };
}

const START = "2026-03-01T10:00:00.000Z";
const LATER = "2026-03-01T12:00:00.000Z";

function parentOf100(): OldRollout {
  const parent = new OldRollout(START).session("parent");
  for (let turn = 0; turn < 100; turn += 1) {
    parent.pause(8_000).respond({ input: 1_000 + turn, output: 50 });
    if (turn % 5 === 0) parent.counters();
  }
  return parent;
}

const PARENT_TRUTH = 100 * 1_050 + (99 * 100) / 2;

test.each([
  ["without turn lines", (file: OldRollout) => file.pause(9_000)],
  ["with a turn line", (file: OldRollout) => file.line("event_msg", { type: "task_started", turn_id: "turn-own" })],
  [
    "with a sub-agent's trigger",
    (file: OldRollout) => file.line("inter_agent_communication_metadata", { trigger_turn: true }),
  ],
])(
  "[TRC-5] a parent of 100 turns and three replaying children %s are the parent's truth and the children's own",
  (_name, begin) => {
    const parent = parentOf100();
    const children = ["a", "b", "c"].map((name) => {
      const child = begin(new OldRollout(LATER).session(`child-${name}`, { forked_from_id: "parent" }).copy(parent));
      return child.respond({ input: 2_000, output: 10 }).pause(5_000).respond({ input: 2_100, output: 10 }).counters();
    });
    const files = [parent, ...children].map(({ lines }) => countFile(lines));
    const truth = PARENT_TRUTH + 3 * (2_010 + 2_110);
    expect(sumOf(files)).toBe(truth);
    expect(sumOf(files.toReversed())).toBe(truth);
    expect(new Set(files[0]?.map(({ provenance }) => provenance))).toEqual(new Set(["measured"]));
    expect(new Set(files[1]?.map(({ provenance }) => provenance))).toEqual(new Set(["estimated"]));
    expect(files[1]?.filter(({ threadId }) => threadId === "child-a").length).toBe(2);
  },
);

test("[TRC-5] copied turn lines do not end a replay: turn ids tell when the turn began", () => {
  const turn = (ms: number): Record<string, string> => {
    const time = ms.toString(16).padStart(12, "0");
    return { type: "task_started", turn_id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000` };
  };
  const parent = new OldRollout(START)
    .session("parent")
    .line("event_msg", turn(Date.parse(START)))
    .respond({ input: 100, output: 1 });
  parent
    .pause(9_000)
    .line("event_msg", turn(Date.parse(START) + 9_000))
    .respond({ input: 200, output: 2 });
  const child = new OldRollout(LATER).session("child", { forked_from_id: "parent" }).copy(parent);
  child.line("event_msg", turn(Date.parse(LATER) + 500)).respond({ input: 300, output: 3 });
  const files = [parent, child].map(({ lines }) => countFile(lines));
  expect(sumOf(files)).toBe(101 + 202 + 303);
  expect(files[1]?.map(({ threadId }) => threadId)).toEqual(["parent", "parent", "child"]);
});

test("[TRC-5] lines copied with their old times are older than the fork, whatever the pauses between them", () => {
  const parent = parentOf100();
  const child = new OldRollout(LATER).session("child", { forked_from_id: "parent" });
  child.lines.push(...parent.lines);
  child.continue(parent).pause(9_000).respond({ input: 2_000, output: 10 });
  expect(sumOf([parent, child].map(({ lines }) => countFile(lines)))).toBe(PARENT_TRUTH + 2_010);
});

test("[TRC-5] a fork of a fork counts every response once", () => {
  const turn = (at: string): Record<string, string> => {
    const time = (Date.parse(at) + 500).toString(16).padStart(12, "0");
    return { type: "task_started", turn_id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000` };
  };
  const first = new OldRollout(START)
    .session("first")
    .line("event_msg", turn(START))
    .respond({ input: 100, output: 1 });
  const second = new OldRollout(LATER).session("second", { forked_from_id: "first" }).copy(first);
  second.line("event_msg", turn(LATER)).respond({ input: 200, output: 2 });
  const third = new OldRollout("2026-03-01T14:00:00.000Z").session("third", { forked_from_id: "second" }).copy(second);
  third.line("event_msg", turn("2026-03-01T14:00:00.000Z")).respond({ input: 300, output: 3 });
  expect(sumOf([first, second, third].map(({ lines }) => countFile(lines)))).toBe(101 + 202 + 303);
});

test("[TRC-5] totals that start again on resume are a new epoch, also when the first response is larger than all before", () => {
  const file = new OldRollout(START)
    .session("one")
    .respond({ input: 100, output: 10 })
    .respond({ input: 50, output: 5 });
  file.restart().counters().respond({ input: 20, output: 2 }).restart().respond({ input: 900, output: 90 });
  const rows = countFile(file.lines);
  expect(rows.map(({ tokens, provenance }) => [tokens.total, provenance])).toEqual([
    [110, "measured"],
    [55, "measured"],
    [22, "measured"],
    [990, "measured"],
  ]);
});

test("[TRC-5] totals that jump further than the last response are believed, as an estimate", () => {
  const file = new OldRollout(START).session("one").respond({ input: 100, output: 10 });
  const info = {
    total_token_usage: usage({ input: 300, output: 30 }),
    last_token_usage: usage({ input: 150, output: 15 }),
  };
  file.line("event_msg", { type: "token_count", info });
  expect(countFile(file.lines).map(({ tokens, provenance }) => [tokens.total, provenance])).toEqual([
    [110, "measured"],
    [220, "estimated"],
  ]);
});

test("[TRC-5] a context overflow fills the sum and costs nothing", () => {
  const file = new OldRollout(START).session("one");
  const full = { ...usage({ input: 0, output: 0 }), total_tokens: 258_400 };
  file.line("event_msg", { type: "token_count", info: { total_token_usage: full, last_token_usage: full } });
  file.line("event_msg", { type: "token_count", info: null }).respond({ input: 10, output: 1 });
  expect(countFile(file.lines).map(({ tokens }) => tokens.total)).toEqual([11]);
});

test("[TRC-5] once a file has a usage record its running totals count for nothing", () => {
  const file = new OldRollout(START).session("one").respond({ input: 100, output: 10 });
  file.line("token_usage_record", {
    response_id: "r1",
    thread_id: "one",
    turn_id: "t",
    usage: usage({ input: 7, output: 1 }),
  });
  file.respond({ input: 7, output: 1 });
  expect(countFile(file.lines).map(({ responseId, tokens }) => [responseId.slice(0, 3), tokens.total])).toEqual([
    ["est", 110],
    ["r1", 8],
  ]);
});
