import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sampleRollouts } from "../fakes/sample-recordings.ts";

const ROOT = join(import.meta.dirname, "../..");
const REPORT = join(import.meta.dirname, "ingest/report-memory.ts");
const GIGABYTE = 1024 ** 3;
const LINE_BYTES = 8 * 1024 ** 2;
const LIMIT_KB = 200 * 1024;

/** The lines that real files have at this length: outputs, pasted messages, compacted histories, images. */
function longLines(): readonly string[] {
  const text = "x".repeat(LINE_BYTES);
  const envelope = (type: string, payload: object): string =>
    JSON.stringify({ timestamp: "2026-11-20T02:33:20.000Z", type, payload });
  const args = JSON.stringify({ cmd: "cat everything" });
  return [
    envelope("response_item", { type: "function_call", name: "exec_command", arguments: args, call_id: "call_long" }),
    envelope("response_item", {
      type: "function_call_output",
      call_id: "call_long",
      output: `Process exited with code 1\nOutput:\n${text}`,
    }),
    envelope("compacted", { message: "", replacement_history: [{ text }] }),
    envelope("response_item", {
      type: "message",
      role: "user",
      content: [{ type: "input_image", image_url: `data:image/png;base64,${text}` }],
    }),
    envelope("event_msg", { type: "user_message", message: text }),
  ];
}

/** One thread: a real one's lines, then long lines over and over until the file has its size. */
async function writeGigabyte(path: string): Promise<{ readonly bytes: number; readonly rounds: number }> {
  const real = sampleRollouts("0.169.0/exec-failure")[0]?.lines ?? [];
  const start = Buffer.concat(real.flatMap((line) => [line, Buffer.from("\n")]));
  const round = Buffer.from(
    longLines()
      .map((line) => `${line}\n`)
      .join(""),
  );
  const rounds = Math.ceil((GIGABYTE - start.length) / round.length);
  const file = await open(path, "w");
  try {
    await file.write(start);
    for (let n = 0; n < rounds; n += 1) await file.write(round);
  } finally {
    await file.close();
  }
  return { bytes: start.length + rounds * round.length, rounds };
}

test("[TRC-8] one file of a gigabyte with lines of 8 MB is read in at most 200 MB of memory", async () => {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-gigabyte-"));
  try {
    const path = join(folder, "rollout-2026-11-20T02-33-19-01a1f6cd-1c41-70d3-bbae-d1c0461908c9.jsonl");
    const { bytes, rounds } = await writeGigabyte(path);
    const args = ["--import", REPORT, "src/main.ts", "ingest", path, "--json", "--store", join(folder, "store.db")];
    const env = { PATH: process.env["PATH"], HOME: folder };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
    const answer: unknown = JSON.parse(stdout);
    expect(answer).toMatchObject({
      files: 1,
      bytes_read: bytes,
      sessions: 1,
      unreadable: 0,
      unknown_types: {},
      tool_calls: 6 + rounds,
    });
    const peak = Number(/peak (\d+) kB/u.exec(stderr)?.[1]);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThanOrEqual(LIMIT_KB);
  } finally {
    await rm(folder, { recursive: true });
  }
});
