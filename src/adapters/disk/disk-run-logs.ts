import { appendFile, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptId } from "../../model/ids.ts";
import type { RunLogs } from "../../ports/run-logs.ts";

/** Bytes handed out at once. */
const AT_ONCE = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Logs as files of one folder, readable by their owner only. */
export function diskRunLogs(folder: string): RunLogs {
  const pathOf = (id: AttemptId): string => join(folder, `${id}.jsonl`);
  return {
    pathOf,
    append: async (id, lines) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(pathOf(id), lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    },
    count: async (id) => (await readFile(pathOf(id)).catch(nothing)).filter((byte) => byte === NEWLINE).length,
    read: (id, from) => readFrom(pathOf(id), from).catch(nothing),
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

async function readFrom(path: string, from: number): Promise<Uint8Array> {
  await using file = await open(path, "r");
  const { bytesRead, buffer } = await file.read(Buffer.alloc(AT_ONCE), 0, AT_ONCE, from);
  return buffer.subarray(0, bytesRead);
}

function nothing(error: unknown): Uint8Array {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Uint8Array();
  throw error;
}
