import { expect, test } from "vitest";
import { hostAndPort, listOf, oneOf, path, program, text, url, wholeNumber } from "./value-type.ts";
import type { ValueType } from "./value-type.ts";

const BASE = { directory: "/project", userHome: "/home/ada" };

function readings<T>(type: ValueType<T>, inputs: readonly unknown[]): readonly unknown[] {
  return inputs.map((input) => type.read(input, BASE));
}

test("[HSE-4] text and words", () => {
  expect(readings(text(), [" a ", "", "  ", 5, null, []])).toEqual([
    "a",
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(readings(oneOf("fast", "release"), ["fast", "FAST", "slow"])).toEqual(["fast", undefined, undefined]);
});

test("[HSE-4] whole numbers, also as text, between their bounds", () => {
  const type = wholeNumber(1, 100);
  expect(readings(type, [1, "100", " 7 "])).toEqual([1, 100, 7]);
  expect(readings(type, [0, 101, 1.5, "1e1", "-1", "", true, null])).toEqual(Array.from({ length: 8 }));
});

test("[HSE-4] paths become absolute; a bare command name stays one", () => {
  expect(readings(path("a file"), ["~", "~/a", "a/b", "/a", "~bob"])).toEqual([
    "/home/ada",
    "/home/ada/a",
    "/project/a/b",
    "/a",
    "/project/~bob",
  ]);
  expect(readings(program(), ["codex", "./codex", "~/bin/codex"])).toEqual([
    "codex",
    "/project/codex",
    "/home/ada/bin/codex",
  ]);
});

test("[HSE-4] addresses lose their last slash and may not carry credentials", () => {
  expect(readings(url(), ["http://localhost:8080/v1/", "https://a.example"])).toEqual([
    "http://localhost:8080/v1",
    "https://a.example",
  ]);
  expect(readings(url(), ["https://u:p@a.example", "https://token@a.example", "ftp://a", "a.example", 1])).toEqual(
    Array.from({ length: 5 }),
  );
});

test("[HSE-4] a list is refused whole when one item is wrong", () => {
  const brokers = listOf(hostAndPort(), "host:port");
  expect(readings(brokers, ["a:1,b:2", ["a:1"], []])).toEqual([["a:1", "b:2"], ["a:1"], []]);
  expect(readings(brokers, ["a:1,b", ["a:1", 5], 5, "u:p@a:1"])).toEqual(Array.from({ length: 4 }));
});
