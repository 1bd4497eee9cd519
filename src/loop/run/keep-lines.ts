import { isObject } from "../../kit/json.ts";
import { ok, type Result } from "../../kit/result.ts";
import { clip } from "../../kit/text.ts";
import { LONGEST_SECRET } from "../../model/redacted.ts";
import { instantOf } from "../../model/time.ts";
import type { Caller, DeskTrouble, ToldLines } from "../../ports/desk.ts";
import type { RunLine } from "../../ports/host.ts";
import { admit } from "./admit.ts";
import type { DeskMemory, Remembered } from "./desk-memory.ts";
import type { DeskWorld } from "./run-world.ts";

/** Bytes of one attempt's log; what comes beyond is not kept, and the log says so. */
const LARGEST_LOG = 16 * 1024 * 1024;
/** Characters of one text in it, and from how many on a text may have been cut by the runner. */
const LONGEST_TEXT = 8_000;
const MAYBE_CUT = 32 * 1024;

/** Keeps what a runner tells, redacted. Lines that were told before are known by their number and passed over. */
export async function keepLines(
  world: DeskWorld,
  memory: DeskMemory,
  { caller, told }: { readonly caller: Caller; readonly told: ToldLines },
): Promise<Result<void, DeskTrouble>> {
  const admitted = await admit(world, caller, "tell");
  if (!admitted.ok) return admitted;
  const { id } = admitted.value;
  const known = memory.of(id);
  known.told ??= await world.logs.count(id);
  const fresh = told.lines.slice(Math.max(0, known.told - told.before));
  // Set before anything is awaited: the same lines told twice at once are kept once.
  known.told = Math.max(known.told, told.before + told.lines.length);
  const lines = bounded(
    known,
    fresh.map((line) => lineOf(line, world)),
    world,
  );
  if (lines.length > 0) await world.logs.append(id, lines);
  return ok(undefined);
}

function lineOf(line: RunLine, { redact }: DeskWorld): string {
  return JSON.stringify(redactedIn(line, redact));
}

/** Every text in a value redacted, then shortened. */
function redactedIn(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return shortened(value, redact);
  if (Array.isArray(value)) return value.map((item) => redactedIn(item, redact));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [shortened(name, redact), redactedIn(member, redact)]);
  return Object.fromEntries(members) as unknown;
}

/** Half a secret beside a cut has no shape, so that much of a cut text goes. */
function shortened(text: string, redact: (text: string) => string): string {
  const clean = redact(text);
  return clip(text.length < MAYBE_CUT ? clean : clean.slice(0, -LONGEST_SECRET), LONGEST_TEXT);
}

function bounded(known: Remembered, lines: readonly string[], { clock }: DeskWorld): readonly string[] {
  if (known.logBytes > LARGEST_LOG) return [];
  for (const line of lines) known.logBytes += Buffer.byteLength(line) + 1;
  const full = { at: instantOf(clock.now()), event: "log_full", bytes: LARGEST_LOG };
  return known.logBytes > LARGEST_LOG ? [...lines, JSON.stringify(full)] : lines;
}
