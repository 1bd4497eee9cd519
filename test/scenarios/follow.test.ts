import { mkdirSync, statSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { recordingHome } from "../fakes/recording-home.ts";
import { callCli, documentOf, emptyHome, ended, startCli } from "../fakes/run-cli.ts";
import { sampleRollouts } from "../fakes/sample-recordings.ts";

const [FAILING] = sampleRollouts("0.169.0/exec-failure");
const [WORKING] = sampleRollouts("0.169.0/success");
const NAME = `sessions/2026/11/20/${FAILING?.name}`;
const LINES = FAILING?.lines ?? [];

function text(lines: readonly Uint8Array[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

/** Resolves when the store's log has grown past `bytes`: rows are being written. */
async function writtenBeyond(folder: string, bytes: number): Promise<void> {
  for await (const { filename } of watch(folder)) {
    if (filename === "store.db-wal" && statSync(join(folder, filename)).size > bytes) return;
  }
}

test("[TRC-12] recordings are followed while they grow; Ctrl-C ends it with nothing lost", async () => {
  await using around = await emptyHome();
  await using home = await recordingHome();
  await home.write(NAME, text(LINES.slice(0, 14)));
  const folder = join(around.home, ".codex-loop");
  const child = startCli(["ingest", home.path, "--follow", "--json"], around);
  const end = ended(child);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextAnswer = async (): Promise<unknown> => JSON.parse((await answers.next()).value ?? "null");
  try {
    expect(await nextAnswer()).toMatchObject({ files: 1, sessions: 1, bytes_read: text(LINES.slice(0, 14)).length });

    await home.append(NAME, text(LINES.slice(14, 20)));
    expect(await nextAnswer()).toMatchObject({ files: 1, unchanged: 0, bytes_read: text(LINES.slice(14, 20)).length });

    // A thread in a folder that was not there.
    await home.write(`sessions/2026/11/21/${WORKING?.name}`, text(WORKING?.lines ?? []));
    expect(await nextAnswer()).toMatchObject({ bytes_read: text(WORKING?.lines ?? []).length, unreadable: 0 });

    // Half a line says nothing: the pass that finds it writes down that it looked, and has no answer.
    const line = text(LINES.slice(20, 21));
    const looked = writtenBeyond(folder, 0);
    await home.append(NAME, line.subarray(0, 30));
    await looked;
    await home.append(NAME, line.subarray(30));
    expect(await nextAnswer()).toMatchObject({ files: 1, bytes_read: line.length, unreadable: 0 });

    await home.append(NAME, text(LINES.slice(21)));
    expect(await nextAnswer()).toMatchObject({ files: 1, bytes_read: text(LINES.slice(21)).length });
    child.kill("SIGINT");
    expect(await end).toBe(0);
    expect(await answers.next()).toMatchObject({ done: true });
  } finally {
    child.kill("SIGKILL");
  }
  const again = documentOf(await callCli(["ingest", home.path, "--json"], around));
  expect(again).toMatchObject({ files: 0, bytes_read: 0, unchanged: 2 });
  const sessions = documentOf(await callCli(["sessions", "list", "--json"], around)) as readonly {
    readonly tool_call_count: number;
    readonly outcome: string;
  }[];
  expect(sessions.map((session) => [session.outcome, session.tool_call_count])).toEqual([
    ["completed", 1],
    ["completed", 6],
  ]);
});

test("[TRC-12] Ctrl-C while a pass is under way keeps what was read, and the next run has the rest", async () => {
  await using around = await emptyHome();
  await using home = await recordingHome();
  const copies = 3_000;
  const thread = "01a1f6cd-1c41-70d3-bbae-d1c0461908c9";
  for (let n = 0; n < copies; n += 1) {
    const copy = `${thread.slice(0, 24)}${n.toString(16).padStart(12, "0")}`;
    await home.write(
      `rollout-2026-11-20T02-33-19-${copy}.jsonl`,
      text(LINES).toString("latin1").replaceAll(thread, copy),
    );
  }
  const folder = join(around.home, "store");
  mkdirSync(folder, { mode: 0o700 });
  const store = ["--json", "--store", join(folder, "store.db")];
  // An empty store takes half a megabyte, its log as much again; all copies take many times that.
  const writing = writtenBeyond(folder, 2_500_000);
  const child = startCli(["ingest", home.path, "--follow", ...store], around);
  const end = ended(child);
  try {
    await writing;
    child.kill("SIGINT");
    expect(await end).toBe(0);
    expect(await child.stdout.toArray()).toEqual([]);
  } finally {
    child.kill("SIGKILL");
  }
  const rest = documentOf(await callCli(["ingest", home.path, ...store], around));
  expect(rest).toMatchObject({ files: expect.any(Number), unchanged: expect.any(Number) });
  // The fields were just looked at.
  const { files, unchanged } = rest as { readonly files: number; readonly unchanged: number };
  expect([files > 0, unchanged > 0, files + unchanged]).toEqual([true, true, copies]);
  const sessions = documentOf(await callCli(["sessions", "list", ...store], around));
  const whole = Array.from({ length: copies }, () => expect.objectContaining({ tool_call_count: 6 }));
  expect(sessions).toEqual(whole);
});
