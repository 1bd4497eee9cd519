import { expect, test } from "vitest";
import { isClosedText, openTextIn } from "./event.ts";

test("[STO-7] ids, hashes, numbers and closed words are no open text", () => {
  expect(openTextIn({ session: "019a-b_c", hash: "ab12", n: 3, ok: true, none: null, list: ["a/b#1", 2] })).toBeNull();
});

test("[STO-7] open text is found wherever it stands", () => {
  expect(openTextIn({ note: "two words" })).toBe("payload.note");
  expect(openTextIn({ deep: { list: ["ok", "line\nbreak"] } })).toBe("payload.deep.list.1");
  expect(openTextIn({ "a name": 1 })).toBe("payload");
  expect(openTextIn({ n: Number.NaN })).toBe("payload.n");
});

test("[STO-7] a word has at most 200 characters", () => {
  expect(isClosedText("x".repeat(200))).toBe(true);
  expect(isClosedText("x".repeat(201))).toBe(false);
});
