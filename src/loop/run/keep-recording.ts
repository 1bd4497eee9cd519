import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { parseJson } from "../../kit/json.ts";
import { ok, type Result } from "../../kit/result.ts";
import type { ArrivedFile, Caller, DeskTrouble } from "../../ports/desk.ts";
import { admit } from "./admit.ts";
import { recordingsOf } from "./read-session.ts";
import type { DeskWorld } from "./run-world.ts";

/** Keeps a recording under its own name, redacted line by line, where the readers find it. */
export async function keepRecording(
  world: DeskWorld,
  caller: Caller,
  { name, path }: ArrivedFile<string>,
): Promise<Result<void, DeskTrouble>> {
  const admitted = await admit(world, caller, "recording");
  if (!admitted.ok) return admitted;
  const folder = recordingsOf(world, admitted.value.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await pipeline(redactedLines(world, path), createWriteStream(join(folder, name), { mode: 0o600 }));
  return ok(undefined);
}

async function* redactedLines({ redact }: DeskWorld, path: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) {
    const clean = redact(line);
    // A secret may reach over a quote; then its text went and the line with it.
    if (clean !== line && parseJson(clean) === undefined) yield `${REMOVED}\n`;
    else yield `${clean}\n`;
  }
}

const REMOVED = JSON.stringify({ type: "codex_loop_removed", payload: { reason: "a secret could not be taken out" } });
