import { readdirSync, readFileSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { diskRecordings } from "../../src/adapters/disk/disk-recordings.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import type { IngestTally } from "../../src/loop/learn/ingest/tally.ts";
import { PARSER_VERSION } from "../../src/loop/learn/ingest/plan-reading.ts";
import { RecordingGone, type Recordings } from "../../src/ports/recordings.ts";
import { instantOf } from "../../src/model/time.ts";
import { pruneSessions } from "../../src/store/export/prune-sessions.ts";
import { listUnreadableLines } from "../../src/store/ingest/list-unreadable-lines.ts";
import type { Store } from "../../src/store/store.ts";
import { forgetAll } from "../fakes/forget-all.ts";
import { recordingHome, type RecordingHome } from "../fakes/recording-home.ts";
import { sampleRollouts, sampleScenarios } from "../fakes/sample-recordings.ts";
import { AFTER_RECORDING, ingestInto, samplePath, tracesIn } from "../fakes/trace-of-scenario.ts";
import { told } from "../fakes/told.ts";
import { storeSuite } from "./store-harness.ts";

async function read(store: Store, paths: readonly string[]): Promise<IngestTally> {
  const done = await ingestInto(store, paths);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
}

const SCENARIOS = [...sampleScenarios("0.169.0"), ...sampleScenarios("older")];

/** Every recorded file that a fold reads: rollouts of every era and shape, and exec streams. */
const RECORDED = SCENARIOS.flatMap((scenario) => {
  const rollouts = sampleRollouts(scenario).map(({ name, lines }) => ({ name, lines }));
  const stream = readdirSync(samplePath(scenario)).includes("exec-events.jsonl");
  const bytes = stream ? readFileSync(samplePath(`${scenario}/exec-events.jsonl`), "utf8") : "";
  const lines = bytes
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line));
  return stream ? [...rollouts, { name: `${scenario.replace("/", "-")}.jsonl`, lines }] : rollouts;
});

function linesOf(name: string): readonly Uint8Array[] {
  return RECORDED.find((file) => file.name === name)?.lines ?? [];
}

function whole(lines: readonly Uint8Array[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

/** One rollout with calls that fail, and its name. */
const [FAILING] = sampleRollouts("0.169.0/exec-failure");
const NAME = FAILING?.name ?? "";
const TEXT = whole(FAILING?.lines ?? []);

/** The disk, but files vanish behind the first lines that were read of them. */
function vanishing(): Recordings {
  const disk = diskRecordings();
  return {
    ...disk,
    read: async function* (file, from) {
      for await (const batch of disk.read(file, from)) {
        yield batch;
        throw new RecordingGone({ path: file.path, reason: "not_there" });
      }
    },
  };
}

/** Tables with rows of a session or segment that the store does not know. */
async function orphans(store: Store): Promise<readonly string[]> {
  return store.read(async ({ db }) => {
    const found: string[] = [];
    for (const table of ["turns", "tool_calls", "messages", "token_usage", "marks"] as const) {
      const rows = await db
        .selectFrom(table)
        .select("segment")
        .where((eb) =>
          eb.or([
            eb("session_id", "not in", eb.selectFrom("sessions").select("id")),
            eb("segment", "not in", eb.selectFrom("segments").select("name")),
          ]),
        )
        .execute();
      if (rows.length > 0) found.push(table);
    }
    return found;
  });
}

async function withHome(act: (home: RecordingHome) => Promise<void>): Promise<void> {
  await using home = await recordingHome();
  await act(home);
}

storeSuite("incremental ingest", (open) => {
  const opened = (): Promise<Store> => open({ clock: fixedClock(AFTER_RECORDING) });

  test("[TRC-7] a second run reads nothing", async () => {
    await using store = await opened();
    const first = await read(store, [samplePath("")]);
    expect(first.files).toBeGreaterThan(30);
    const before = told(await tracesIn(store));
    const second = await read(store, [samplePath("")]);
    expect([second.files, second.bytes, second.unchanged]).toEqual([0, 0, first.files]);
    expect([second.turns, second.calls, second.sessions.size]).toEqual([0, 0, 0]);
    expect(told(await tracesIn(store))).toEqual(before);
  });

  test.for(RECORDED.map(({ name }) => name))(
    "[TRC-7] %s: grown line by line, it tells what it tells in one go",
    async (name) => {
      await using home = await recordingHome();
      await using store = await opened();
      const lines = linesOf(name);
      await home.write(name, whole(lines));
      await read(store, [home.path]);
      const inOneGo = told(await tracesIn(store));
      await forgetAll(store);
      await home.write(name, "");
      let turns = 0;
      let bytes = 0;
      for (const line of lines) {
        await home.append(name, whole([line]));
        const tally = await read(store, [home.path]);
        turns += tally.turns;
        bytes += tally.bytes;
      }
      expect(told(await tracesIn(store))).toEqual(inOneGo);
      expect(bytes).toBe(whole(lines).length);
      expect(turns).toBe((await tracesIn(store)).reduce((sum, trace) => sum + trace.turns.length, 0));
    },
  );

  test.for(["0.169.0/long-output-stdin", "0.169.0/code-mode", "older/0.77.0"])(
    "[TRC-7] %s: cut behind any line, in a call, a cell or a running process, the rest joins what was read",
    async (scenario) => {
      await using home = await recordingHome();
      await using store = await opened();
      const [file] = sampleRollouts(scenario);
      const { name, lines } = file ?? { name: "", lines: [] };
      await home.write(name, whole(lines));
      await read(store, [home.path]);
      const inOneGo = told(await tracesIn(store));
      for (let cut = 0; cut <= lines.length; cut += 1) {
        await forgetAll(store);
        await home.write(name, whole(lines.slice(0, cut)));
        await read(store, [home.path]);
        await home.append(name, whole(lines.slice(cut)));
        await read(store, [home.path]);
        expect([cut, told(await tracesIn(store))]).toEqual([cut, inOneGo]);
      }
    },
  );

  test("[TRC-7] a file cut anywhere, even inside a line, is followed from there", async () => {
    await using home = await recordingHome();
    await using store = await opened();
    await home.write(NAME, TEXT);
    await read(store, [home.path]);
    const inOneGo = told(await tracesIn(store));
    const STEP = 1_999;
    for (const start of [1, 700, 1_400]) {
      await forgetAll(store);
      await home.write(NAME, TEXT.subarray(0, start));
      let bytes = (await read(store, [home.path])).bytes;
      for (let at = start; at < TEXT.length; at += STEP) {
        await home.append(NAME, TEXT.subarray(at, at + STEP));
        bytes += (await read(store, [home.path])).bytes;
      }
      expect(told(await tracesIn(store))).toEqual(inOneGo);
      expect(bytes).toBe(TEXT.length);
    }
    expect(await store.read((reader) => listUnreadableLines(reader))).toEqual([]);
  });

  test("[TRC-7] a cut last line waits until it is whole; one without a line break but whole is read", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const lines = FAILING?.lines ?? [];
      const [head, last] = [whole(lines.slice(0, -1)), Buffer.from(lines.at(-1) ?? "")];
      await home.write(NAME, Buffer.concat([head, last.subarray(0, 40)]));
      const cut = await read(store, [home.path]);
      expect([cut.bytes, cut.unreadable]).toEqual([head.length, 0]);
      expect((await tracesIn(store))[0]?.turns[0]?.outcome).toBe("unfinished");
      await home.append(NAME, last.subarray(40));
      const ended = await read(store, [home.path]);
      expect([ended.bytes, ended.unreadable]).toEqual([last.length, 0]);
      expect((await tracesIn(store))[0]?.turns[0]?.outcome).toBe("completed");
      await home.append(NAME, "\n{}\n");
      expect((await read(store, [home.path])).bytes).toBe(4);
      expect((await tracesIn(store))[0]?.segments[0]?.lines).toBe(lines.length + 1);
    });
  });

  test("[TRC-7] a truncated file is read again, and nothing is left of what it no longer says", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const half = whole((FAILING?.lines ?? []).slice(0, 14));
      await home.write(NAME, half);
      await read(store, [home.path]);
      const short = told(await tracesIn(store));
      await forgetAll(store);
      await home.write(NAME, Buffer.concat([TEXT, Buffer.from("not JSON\n")]));
      expect((await read(store, [home.path])).unreadable).toBe(1);
      await home.write(NAME, half);
      expect((await read(store, [home.path])).bytes).toBe(half.length);
      expect(told(await tracesIn(store))).toEqual(short);
      expect(await store.read((reader) => listUnreadableLines(reader))).toEqual([]);
    });
  });

  test("[TRC-7] a rewritten file is read again: shorter, longer, or alike at its start", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const other = whole(sampleRollouts("0.169.0/long-output-stdin")[0]?.lines ?? []);
      const lines = FAILING?.lines ?? [];
      // The beginning stays, a line in the middle goes, and more is added than went.
      const edited = whole([...lines.slice(0, 12), ...lines.slice(13), ...lines.slice(-2), ...lines.slice(-2)]);
      for (const rewritten of [other, TEXT, edited]) {
        await forgetAll(store);
        await home.write(NAME, rewritten);
        await read(store, [home.path]);
        const fresh = told(await tracesIn(store));
        await forgetAll(store);
        await home.write(NAME, rewritten === TEXT ? other : TEXT);
        await read(store, [home.path]);
        await home.write(NAME, rewritten);
        expect((await read(store, [home.path])).bytes).toBe(rewritten.length);
        expect(told(await tracesIn(store))).toEqual(fresh);
      }
    });
  });

  test("[TRC-7] a file that says nothing new but was touched is not read again", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(NAME, TEXT);
      await read(store, [home.path]);
      await utimes(home.at(NAME), 1, 1);
      expect((await read(store, [home.path])).bytes).toBe(0);
      expect((await read(store, [home.path])).unchanged).toBe(1);
    });
  });

  test("[TRC-7] what an older parser read is read again", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(NAME, TEXT);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await store.write({ actor: "test" }, async (tx) => {
        await tx.db
          .updateTable("ingest_cursors")
          .set({ parser_version: PARSER_VERSION - 1, state: "{}" })
          .execute();
        await tx.db
          .updateTable("tool_calls")
          .set({ outcome: "ok", offset: 1 })
          .where("call_id", "=", "call_fail_1")
          .execute();
      });
      expect((await read(store, [home.path])).bytes).toBe(TEXT.length);
      expect(told(await tracesIn(store))).toEqual(fresh);
      expect((await read(store, [home.path])).unchanged).toBe(1);
    });
  });

  test("[TRC-7] an archived thread is not read again, and is followed where it lies now", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const half = whole((FAILING?.lines ?? []).slice(0, 14));
      await home.write(`sessions/2026/11/20/${NAME}`, TEXT);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await forgetAll(store);
      await home.write(`sessions/2026/11/20/${NAME}`, Buffer.concat([half, Buffer.from("{broken\n")]));
      await read(store, [home.path]);
      await home.move(`sessions/2026/11/20/${NAME}`, `archived_sessions/${NAME}`);
      expect((await read(store, [home.path])).bytes).toBe(0);
      const [kept] = await store.read((reader) => listUnreadableLines(reader));
      expect([kept?.path, kept?.line]).toEqual([home.at(`archived_sessions/${NAME}`), 15]);
      await home.write(`archived_sessions/${NAME}`, TEXT);
      await read(store, [home.path]);
      expect(told(await tracesIn(store))).toEqual(fresh);
      expect((await tracesIn(store))[0]?.segments[0]?.path).toBe(home.at(`archived_sessions/${NAME}`));
      expect(await store.read((reader) => listUnreadableLines(reader))).toEqual([]);
    });
  });

  test("[TRC-7] a thread that lies there twice counts once: active beside archived, plain beside compressed", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(`sessions/${NAME}`, TEXT);
      const once = await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await home.write(`archived_sessions/${NAME}`, TEXT);
      await home.write(`sessions/${NAME}.zst`, zstdCompressSync(TEXT));
      const twice = await read(store, [home.path]);
      expect([once.files, twice.files, twice.unchanged]).toEqual([1, 0, 1]);
      expect(told(await tracesIn(store))).toEqual(fresh);
    });
  });

  test("[TRC-1] a compressed thread is read like a plain one, also when it was compressed after it was read, and followed", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(`sessions/${NAME}`, TEXT);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await home.remove(`sessions/${NAME}`);
      await home.write(`sessions/${NAME}.zst`, zstdCompressSync(TEXT));
      expect((await read(store, [home.path])).bytes).toBe(0);
      expect(told(await tracesIn(store))).toEqual(fresh);
      await forgetAll(store);
      const half = whole((FAILING?.lines ?? []).slice(0, 14));
      await home.write(`sessions/${NAME}.zst`, zstdCompressSync(half));
      expect((await read(store, [home.path])).bytes).toBe(half.length);
      await home.write(`sessions/${NAME}.zst`, zstdCompressSync(TEXT));
      expect((await read(store, [home.path])).bytes).toBe(TEXT.length - half.length);
      expect(told(await tracesIn(store))).toEqual(fresh);
      await home.write(`sessions/${NAME}.zst`, zstdCompressSync(half));
      expect((await read(store, [home.path])).bytes).toBe(half.length);
      expect((await tracesIn(store))[0]?.segments[0]?.lines).toBe(14);
    });
  });

  test("[TRC-7] a source that was not asked for is read when it is", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(NAME, TEXT);
      await home.write("notes.jsonl", '{"some":"thing"}\n');
      expect((await ingestInto(store, [home.path], { sources: ["exec"] })).ok).toBe(true);
      expect(await tracesIn(store)).toEqual([]);
      const later = await read(store, [home.path]);
      expect([later.files, later.bytes]).toEqual([1, TEXT.length]);
      expect(await read(store, [home.path])).toMatchObject({ files: 0, unchanged: 2 });
    });
  });

  test("[TRC-7] a file that vanishes while it is read leaves its session beside what was read of it", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      await home.write(NAME, TEXT);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await forgetAll(store);
      const done = await ingestInto(store, [home.path], { recordings: vanishing() });
      expect(done.ok && done.value.problems).toMatchObject([{ reason: "not_there" }]);
      expect(await orphans(store)).toEqual([]);
      expect((await tracesIn(store))[0]?.calls.length).toBeGreaterThan(0);
      await read(store, [home.path]);
      expect(told(await tracesIn(store))).toEqual(fresh);
    });
  });

  test("[TRC-7] blank lines keep their numbers where reading goes on at one", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const lines = FAILING?.lines ?? [];
      const rest = Buffer.concat([Buffer.from("\n\n"), whole(lines.slice(14))]);
      await home.write(NAME, Buffer.concat([whole(lines.slice(0, 14)), rest]));
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await forgetAll(store);
      await home.write(NAME, whole(lines.slice(0, 14)));
      await read(store, [home.path]);
      await home.append(NAME, rest);
      await read(store, [home.path]);
      expect(told(await tracesIn(store))).toEqual(fresh);
    });
  });

  test("[TRC-7] the file of a pruned session is not read again; when it goes on, the session comes back whole", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      const [first, rest] = [whole(FAILING?.lines.slice(0, 14) ?? []), whole(FAILING?.lines.slice(14) ?? [])];
      await home.write(NAME, TEXT);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await forgetAll(store);
      await home.write(NAME, first);
      await read(store, [home.path]);
      const before = instantOf(AFTER_RECORDING);
      await store.write({ actor: "test" }, (tx) => pruneSessions(tx, { before, limit: 10 }));
      expect(await read(store, [home.path])).toMatchObject({ files: 0, unchanged: 1 });
      expect(await tracesIn(store)).toEqual([]);
      await home.append(NAME, rest);
      await read(store, [home.path]);
      expect(told(await tracesIn(store))).toEqual(fresh);
    });
  });

  test("[TRC-7] a run that was stopped inside a file goes on there", async () => {
    await withHome(async (home) => {
      await using store = await opened();
      // Long enough for several reads: the same thread with much passed over in its middle.
      const filler = Buffer.from(
        `{"timestamp":"2026-11-20T02:33:19.000Z","type":"world_state","payload":{"text":"${"x".repeat(9_000)}"}}\n`,
      );
      const lines = FAILING?.lines ?? [];
      const long = Buffer.concat([
        whole(lines.slice(0, 14)),
        ...Array.from({ length: 400 }, () => filler),
        whole(lines.slice(14)),
      ]);
      await home.write(NAME, long);
      await read(store, [home.path]);
      const fresh = told(await tracesIn(store));
      await forgetAll(store);
      const stop = new AbortController();
      const onText = (text: string): void => {
        if (text !== "") stop.abort();
      };
      const stopped = await ingestInto(store, [home.path], { signal: stop.signal, onText });
      expect(stopped).toMatchObject({ ok: false, failure: { code: "interrupted" } });
      expect((await tracesIn(store))[0]?.calls.length).toBeLessThan(6);
      const rest = await read(store, [home.path]);
      expect(rest.bytes).toBeLessThan(long.length);
      expect(told(await tracesIn(store))).toEqual(fresh);
    });
  });
});
