import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { putToolCalls } from "../../src/store/calls/put-tool-calls.ts";
import { putMessages } from "../../src/store/messages/put-messages.ts";
import { searchText } from "../../src/store/search/search-text.ts";
import type { Store } from "../../src/store/store.ts";
import { storeSuite } from "./store-harness.ts";
import { aCall, aMessage, FILE, ONE, plain, STAMP } from "./trace-rows.ts";

async function say(store: Store, texts: readonly string[]): Promise<void> {
  const messages = texts.map((text, n) => aMessage({ offset: n * 10, line: n + 1, text: plain(text) }));
  await store.write(STAMP, (tx) => putMessages(tx, messages), { durability: "rebuildable" });
}

/** Lines of the hits, in their own order: how hits are ranked is each store's affair. */
async function linesOf(store: Store, words: string): Promise<readonly number[]> {
  const found = await store.read((reader) => searchText(reader, words));
  return found.map(({ line }) => line).toSorted((left, right) => left - right);
}

storeSuite("search", (open) => {
  test("[TRC-11] finds what was said and what was run, with an excerpt and the line to look at", async () => {
    await using store = await open();
    await say(store, ["Please mend the flaky login test", "something else"]);
    await store.write(STAMP, (tx) =>
      putToolCalls(tx, [
        aCall({ offset: 99, line: 7, input: plain("npm test -- login"), excerpt: plain("a secret outcome") }),
      ]),
    );
    const found = await store.read((reader) => searchText(reader, "LOGIN"));
    expect(found.toSorted((left, right) => left.line - right.line)).toEqual([
      {
        score: expect.any(Number),
        session_id: ONE,
        segment: FILE,
        offset: 0,
        line: 1,
        turn_id: "turn-1",
        source: "message",
        excerpt: "Please mend the flaky login test",
      },
      {
        score: expect.any(Number),
        session_id: ONE,
        segment: FILE,
        offset: 99,
        line: 7,
        turn_id: "turn-1",
        source: "command",
        excerpt: "npm test -- login",
      },
    ]);
    expect(found.every(({ score }, index) => score > 0 && score <= (found[index - 1]?.score ?? score))).toBe(true);
  });

  test("[TRC-11] does not look into what commands printed", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) =>
      putToolCalls(tx, [aCall({ input: plain("cat notes"), excerpt: plain("walrus") })]),
    );
    expect(await linesOf(store, "walrus")).toEqual([]);
  });

  test("[TRC-11] every word must be there; a path or flag is its words in a row", async () => {
    await using store = await open();
    await say(store, [
      "edit src/store/open.ts please",
      "open the store in src",
      "run with --dry-run=true",
      "dry socks, run",
    ]);
    expect(await linesOf(store, "store src")).toEqual([1, 2]);
    expect(await linesOf(store, "src/store")).toEqual([1]);
    expect(await linesOf(store, "open.ts edit")).toEqual([1]);
    expect(await linesOf(store, "--dry-run")).toEqual([3]);
  });

  test("[TRC-11] what a person types is words, never query syntax", async () => {
    await using store = await open();
    await say(store, ["cats or dogs", "cats", "near text:dogs", "émigré 日本語 naïve"]);
    expect(await linesOf(store, "cats OR dogs")).toEqual([1]);
    expect(await linesOf(store, "text:dogs")).toEqual([3]);
    expect(await linesOf(store, 'cats" NOT "x')).toEqual([]);
    expect(await linesOf(store, "émigré")).toEqual([4]);
    expect(await linesOf(store, "日本語")).toEqual([4]);
    for (const odd of ["", "   ", '"', "*", "-- ' ; (", "&|!:<->"]) expect(await linesOf(store, odd)).toEqual([]);
  });

  test("[TRC-11] follows a text that changes and forgets one that is deleted", async () => {
    await using store = await open();
    const id = idOf.call("call-9");
    await say(store, ["tapir"]);
    await store.write(STAMP, (tx) => putToolCalls(tx, [aCall({ callId: id, line: 5, input: plain("heron") })]));
    await store.write(STAMP, (tx) => putToolCalls(tx, [aCall({ callId: id, line: 5, input: plain("heron") })]));
    expect(await linesOf(store, "heron")).toEqual([5]);
    await say(store, ["ocelot"]);
    await store.write(STAMP, (tx) => putToolCalls(tx, [aCall({ callId: id, line: 5, input: plain("egret") })]));
    expect([await linesOf(store, "tapir"), await linesOf(store, "heron")]).toEqual([[], []]);
    expect([await linesOf(store, "ocelot"), await linesOf(store, "egret")]).toEqual([[1], [5]]);
    await store.write(STAMP, async (tx) => {
      await tx.db.deleteFrom("messages").execute();
      await tx.db.deleteFrom("tool_calls").execute();
    });
    expect([await linesOf(store, "ocelot"), await linesOf(store, "egret")]).toEqual([[], []]);
  });

  test("[TRC-11] gives the best hits first and no more than asked for", async () => {
    await using store = await open();
    await say(store, ["one yak among many other words that say little", "yak yak yak", "no such animal"]);
    const found = await store.read((reader) => searchText(reader, "yak", { limit: 1 }));
    expect(found.map(({ line }) => line)).toEqual([2]);
  });

  test("[TRC-11] takes a text of any length", async () => {
    await using store = await open();
    const words = Array.from({ length: 120_000 }, (_, n) => `w${n}`).join(" ");
    await say(store, [`first ${words}`]);
    expect(await linesOf(store, "first w7")).toEqual([1]);
  });
});
