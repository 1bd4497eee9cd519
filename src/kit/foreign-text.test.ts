import { expect, test } from "vitest";
import { notTextAt } from "./foreign-text.ts";

test("[MOD-3] the first place that is no text is found, and text has none", () => {
  expect(notTextAt("a: ä\nb: 😀\n")).toBeNull();
  expect(notTextAt(Buffer.from([0x61, 0x0a, 0x62, 0xe4, 0x63]).toString("utf8"))).toEqual({ line: 2, column: 2 });
  expect(notTextAt("\u0000")).toEqual({ line: 1, column: 1 });
});
