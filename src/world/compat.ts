import { fail, ok, type Result } from "../kit/result.ts";
import type { CompatRow } from "../formats/compat/compat-row.ts";
import { compatSpine } from "../formats/compat/compat-spine.ts";
import { compatToolcalls } from "../formats/compat/compat-toolcalls.ts";
import type { RawLine } from "../formats/record.ts";
import type { Failure } from "../model/failure.ts";
import type { RecordingFile, Recordings } from "../ports/recordings.ts";
import { openRecordings } from "./recordings.ts";

const FORMATS: ReadonlyMap<string, (lines: AsyncIterable<RawLine>) => Promise<readonly CompatRow[]>> = new Map([
  ["spine", (lines) => compatSpine(lines)],
  ["toolcalls", (lines) => compatToolcalls(lines)],
]);

/** A predecessor's numbers over its own files, beside ours. */
export async function compatOf(
  format: string,
  paths: readonly string[],
): Promise<Result<readonly CompatRow[], Failure>> {
  const compat = FORMATS.get(format);
  if (compat === undefined) return fail(unknownFormat(format));
  const recordings = openRecordings();
  const listing = await recordings.list({ paths, endings: [".jsonl", ".ndjson"] });
  if (!listing.ok) return listing;
  return ok(await compat(linesOf(listing.value.files, recordings)));
}

/** Lines are views into a buffer that is used again, so each is consumed before the next one is asked for. */
async function* linesOf(files: readonly RecordingFile[], recordings: Recordings): AsyncGenerator<RawLine> {
  for (const file of files) {
    for await (const batch of recordings.read(file, { offset: 0, lines: 0 })) yield* batch.lines;
  }
}

function unknownFormat(format: string): Failure {
  return {
    code: "usage",
    message: `There is no predecessor's format ${format}.`,
    cause: "Numbers can be compared for spine and toolcalls.",
    hint: "Do this: codex-loop compat spine FILE… or codex-loop compat toolcalls FILE…",
    retry: "never",
  };
}
