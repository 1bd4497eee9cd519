import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import { searchText, type FoundText } from "../../src/store/search/search-text.ts";
import type { Store } from "../../src/store/store.ts";
import { recordingHome } from "../fakes/recording-home.ts";
import { sampleRollouts } from "../fakes/sample-recordings.ts";
import { AFTER_RECORDING, ingestInto, samplePath, tracesIn } from "../fakes/trace-of-scenario.ts";
import { storeSuite } from "./store-harness.ts";

async function find(store: Store, words: string): Promise<readonly FoundText[]> {
  return store.read((reader) => searchText(reader, words));
}

/** The line of the recording that a hit points to. */
async function lineOf(store: Store, hit: FoundText): Promise<string> {
  const trace = (await tracesIn(store)).find(({ session }) => session.id === hit.session_id);
  const segment = trace?.segments.find(({ name }) => name === idOf.segment(hit.segment));
  const bytes = readFileSync(segment?.path ?? "");
  expect(bytes.subarray(0, hit.offset).filter((byte) => byte === 10)).toHaveLength(hit.line - 1);
  return bytes.subarray(hit.offset, bytes.indexOf(10, hit.offset)).toString("utf8");
}

storeSuite("search over recordings", (open) => {
  const opened = (): Promise<Store> => open({ clock: fixedClock(AFTER_RECORDING) });

  test("[TRC-11] what people and the agent said and what was run is found, with a pointer to its line", async () => {
    await using store = await opened();
    await ingestInto(store, [samplePath("0.169.0")]);
    const cases = [
      { words: "add() subtracts", source: "message", session: "01a1f6cd-1c41-70d3-bbae-d1c0461908c9" },
      { words: "no-such-command-xyz", source: "command", session: "01a1f6cd-1c41-70d3-bbae-d1c0461908c9" },
      { words: "sleep 0.4", source: "command", session: "01a1f6cd-1c41-70d3-bbae-d1c0461908c9" },
    ];
    for (const { words, source, session } of cases) {
      const hits = await find(store, words);
      expect(hits.map((hit) => [hit.source, hit.session_id])).toContainEqual([source, session]);
      for (const hit of hits) {
        const line = await lineOf(store, hit);
        for (const word of words.match(/[a-z0-9]+/gu) ?? []) expect(line).toContain(word);
        expect(hit.excerpt.toLowerCase()).toContain(words.match(/[a-z0-9]+/u)?.[0] ?? "?");
      }
    }
    const prompts = (await tracesIn(store)).flatMap((trace) => trace.messages).filter(({ role }) => role === "user");
    expect(prompts.length).toBeGreaterThan(15);
    for (const prompt of prompts) {
      const words = prompt.text.length > 40 ? prompt.text.slice(0, 40).replace(/\S*$/u, "") : prompt.text;
      const hits = await store.read((reader) => searchText(reader, words, { limit: 500 }));
      expect(hits.map(({ session_id, line }) => [session_id, line])).toContainEqual([prompt.sessionId, prompt.line]);
    }
  });

  test("[TRC-11] what commands printed is not searched", async () => {
    await using store = await opened();
    await using home = await recordingHome();
    const [file] = sampleRollouts("0.169.0/exec-failure");
    const text = (file?.lines ?? [])
      .map((line) => Buffer.from(line).toString("utf8").replaceAll("FAIL add", "FAIL wolverine"))
      .join("\n");
    expect(text).toContain("wolverine");
    await home.write(file?.name ?? "", `${text}\n`);
    await ingestInto(store, [home.path]);
    expect((await tracesIn(store))[0]?.calls.some(({ excerpt }) => excerpt.includes("wolverine"))).toBe(true);
    expect(await find(store, "wolverine")).toEqual([]);
  });

  test("[TRC-11] signs of query languages are only what stands between words", async () => {
    await using store = await opened();
    await ingestInto(store, [samplePath("0.169.0/exec-failure")]);
    const plain = (await find(store, "sleep")).map(({ line }) => line);
    expect(plain.length).toBeGreaterThan(0);
    for (const same of [
      "sleep*",
      '"sleep"',
      "-sleep",
      "^sleep",
      "sleep)",
      "(sleep",
      "input:sleep",
      "'sleep'",
      "sleep & ",
      "!sleep",
      "sleep:*",
    ]) {
      const lines = (await find(store, same)).map(({ line }) => line);
      // A name before a colon is one more word that must be there.
      expect([same, lines]).toEqual([same, same.startsWith("input:") ? [] : plain]);
    }
    for (const none of [
      "slee*",
      "slee",
      "sleep NOT echo NEAR",
      "NEAR(sleep exit)",
      "sleep OR exit",
      "sleep <-> nothing",
      "*",
      '"',
      "\\",
    ]) {
      expect([none, await find(store, none)]).toEqual([none, []]);
    }
  });
});
