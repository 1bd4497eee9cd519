import { seededRandom } from "../../src/kit/random.ts";
import { idOf } from "../../src/model/ids.ts";
import type { PlacedLine, RecordingFile, Recordings } from "../../src/ports/recordings.ts";
import { bufferOf } from "../../src/formats/rollout/line-head.ts";
import { drawFrom, uuid, type Draw } from "./draw.ts";
import { goldenLines } from "./raw-lines.ts";
import { sampleExecStream, sampleRollouts, sampleScenarios } from "./sample-recordings.ts";

export interface MutatedPlan {
  readonly files: number;
  readonly linesPerFile: number;
  readonly seed: number;
}

/** What a person said in every line that was left as it was, with its number in the file. */
export const GOOD_LINE = "this line is good";
/** One line in so many is left as it was, in files whose kind has messages. */
export const GOOD_EVERY = 10;

interface Kind {
  /** Name of a file of this kind for a thread. */
  readonly name: (thread: string) => string;
  /** The line that begins such a file and names its thread; `null` where every line does. */
  readonly first: (thread: string) => string | null;
  readonly good: ((text: string) => string) | null;
  readonly pool: readonly Uint8Array[];
}

const SCENARIOS = sampleScenarios("0.169.0");
const ROLLOUTS = [...SCENARIOS, ...sampleScenarios("older")].flatMap((name) => sampleRollouts(name));
const LINES = ROLLOUTS.flatMap(({ lines }) => lines);

function isSessionLine(line: Uint8Array): boolean {
  const start = Buffer.from(line.subarray(0, 200)).toString("latin1");
  return start.includes("session_meta") || start.startsWith('{"id"');
}

const rollout: Omit<Kind, "pool"> = {
  name: (thread) => `rollout-2026-11-20T02-00-00-${thread}.jsonl`,
  first: (thread) =>
    JSON.stringify({
      timestamp: "2026-11-20T02:00:00.000Z",
      type: "session_meta",
      payload: { id: thread, cli_version: "0.169.0" },
    }),
  good: (text) =>
    JSON.stringify({
      timestamp: "2026-11-20T02:00:01.000Z",
      type: "event_msg",
      payload: { type: "user_message", message: text },
    }),
};

const exec: Omit<Kind, "pool"> = {
  name: (thread) => `exec-${thread}.jsonl`,
  first: (thread) => JSON.stringify({ type: "thread.started", thread_id: thread }),
  good: (text) => JSON.stringify({ type: "item.completed", item: { id: "item_9", type: "agent_message", text } }),
};

const KINDS: readonly Kind[] = [
  { ...rollout, pool: LINES.filter((line) => !isSessionLine(line)) },
  // A copied session line begins a stretch that belongs to another thread: nothing is promised of lines in it.
  { ...rollout, good: null, pool: LINES },
  { ...exec, pool: SCENARIOS.flatMap((name) => sampleExecStream(name)?.lines ?? []) },
  { name: (thread) => `spine-${thread}.jsonl`, first: () => null, good: null, pool: poolOf("spine/flat.jsonl") },
  {
    name: (thread) => `${thread}/toolcalls.ndjson`,
    first: () => null,
    good: null,
    pool: poolOf("toolcalls/day.ndjson"),
  },
];

function poolOf(path: string): readonly Uint8Array[] {
  return goldenLines(path).map(({ head }) => head);
}

/** Files of real lines, most of them damaged in one of many ways; the same plan always gives the same bytes. */
export function mutatedFiles(
  plan: MutatedPlan,
): readonly { readonly name: string; readonly hasGood: boolean; lines(): Generator<Uint8Array> }[] {
  return Array.from({ length: plan.files }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? KINDS[0];
    if (kind === undefined) throw new Error("there is no kind of file");
    const seed = plan.seed * 100_003 + index;
    const thread = uuid(drawFrom(seededRandom(seed)));
    return {
      name: kind.name(thread),
      hasGood: kind.good !== null,
      lines: () => linesOf(kind, thread, { seed, count: plan.linesPerFile }),
    };
  });
}

/** The same files as recordings that are never written: each line is made when it is asked for. */
export function mutatedRecordings(plan: MutatedPlan): Recordings {
  const files = new Map(mutatedFiles(plan).map((file) => [`/mutated/${file.name}`, file]));
  const list = [...files.keys()].map((path): RecordingFile => {
    const name = idOf.segment(path.slice(path.lastIndexOf("/") + 1));
    return { path, name, size: 1, mtimeMs: 1, inode: path };
  });
  return {
    list: () => Promise.resolve({ ok: true, value: { files: list, problems: [] } }),
    prefixHash: () => Promise.resolve("same"),
    pick: () => {
      throw new Error("nobody picks lines of mutated files");
    },
    async *read({ path }) {
      let [offset, line, lines]: [number, number, PlacedLine[]] = [0, 0, []];
      for (const bytes of files.get(path)?.lines() ?? []) {
        line += 1;
        if (bytes.length > 0) lines.push({ head: bytes, tail: null, length: bytes.length, offset, line });
        offset += bytes.length + 1;
        if (lines.length < 500) continue;
        yield { lines, nextOffset: offset, nextLine: line };
        lines = [];
      }
      yield { lines, nextOffset: offset, nextLine: line };
    },
  };
}

function* linesOf(
  kind: Kind,
  thread: string,
  { seed, count }: { readonly seed: number; readonly count: number },
): Generator<Uint8Array> {
  const draw = drawFrom(seededRandom(seed));
  const first = kind.first(thread);
  yield first === null ? draw.pick(kind.pool) : Buffer.from(first);
  for (let n = 1; n < count; n += 1) {
    if (kind.good !== null && n % GOOD_EVERY === 0) yield Buffer.from(kind.good(`${GOOD_LINE} ${n}`));
    else yield mutated(draw.pick(kind.pool), draw, kind.pool);
  }
}

/** A line with one thing wrong; a line break in it would only make two lines of it. */
function mutated(line: Uint8Array, draw: Draw, pool: readonly Uint8Array[]): Uint8Array {
  const mutation = draw.pick(draw.int(0, 199) === 0 ? RARE : MUTATIONS);
  const bytes = mutation(bufferOf(line), draw, pool);
  return bytes.includes(10) ? bytes.filter((byte) => byte !== 10) : bytes;
}

type Mutation = (line: Buffer, draw: Draw, pool: readonly Uint8Array[]) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  (line) => line,
  (line, draw) => line.subarray(0, draw.int(0, line.length)),
  (line, draw) => line.subarray(draw.int(0, line.length)),
  (line, draw) => replaced(line, draw, Buffer.of(draw.int(0, 255))),
  (line, draw) => replaced(line, draw, Buffer.of(0, 0, 0)),
  (line, draw) => replaced(line, draw, Buffer.of(0xff, 0xfe, 0xc0, 0x80)),
  (line, draw, pool) => Buffer.concat([line.subarray(0, draw.int(0, line.length)), draw.pick(pool)]),
  (line, draw) =>
    member(line, draw, /"(?:[^"\\]|\\.)*"(?=[,}\]])/gu, () =>
      draw.pick(['"\\ud800"', '"\\u0000x\\u0000"', "null", "true", "{}", "[]", '""', '"\\udc00\\ud83d"']),
    ),
  (line, draw) =>
    member(line, draw, /(?<=[:[])-?\d+(?:\.\d+)?(?=[,}\]])/gu, () =>
      draw.pick(["1e308", "-1", "3.7", "99999999999999999999", "-1e-9", "9007199254740993", '"7"', "null"]),
    ),
  (line, draw) =>
    member(line, draw, /"\w+"(?=:)/gu, () =>
      draw.pick(['"__proto__"', '"constructor"', '"toString"', '"type"', '"id"', '"payload"']),
    ),
];

/** Costly to make, so only one line in two hundred: nesting as deep as a line can hold, and very long ids. */
const RARE: readonly Mutation[] = [
  (line, draw) => member(line, draw, /"(?:[^"\\]|\\.)*"(?=[,}\]])/gu, () => "[".repeat(20_000) + "]".repeat(20_000)),
  (line, draw) =>
    member(line, draw, /"(?:[^"\\]|\\.)*"(?=[,}\]])/gu, () => `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`),
  (line, draw) =>
    member(
      line,
      draw,
      /"(?:[^"\\]|\\.)*"(?=[,}\]])/gu,
      () => `"${draw.text("abcdefghijklmnopqrstuvwxyz0123456789", 9_000)}"`,
    ),
];

function replaced(line: Buffer, draw: Draw, by: Buffer): Buffer {
  const at = draw.int(0, line.length);
  return Buffer.concat([line.subarray(0, at), by, line.subarray(at + by.length)]);
}

/** The line with one match of `pattern`, the first behind a place drawn, replaced. */
function member(line: Buffer, draw: Draw, pattern: RegExp, by: () => string): Buffer {
  const text = line.toString("utf8");
  pattern.lastIndex = draw.int(0, text.length);
  const match = pattern.exec(text);
  if (match === null) return line;
  return Buffer.from(text.slice(0, match.index) + by() + text.slice(match.index + match[0].length));
}
