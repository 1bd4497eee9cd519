import { expect, test } from "vitest";
import { counted, dollars, milliseconds, minutes, percent, periodOf, shortId, tokens } from "./words.ts";

test("[JOB-1] unknown figures are said to be unknown, never zero", () => {
  expect([tokens(null), dollars(null), milliseconds(null)]).toEqual(["unknown", "unknown", "–"]);
  expect([tokens(0), dollars(0), milliseconds(0)]).toEqual(["0", "$0.00", "0 ms"]);
});

test("figures are short and never round something to nothing", () => {
  expect([999, 1234, 12_345, 1_250_000].map(tokens)).toEqual(["999", "1,234", "12 k", "1.3 M"]);
  expect([0.004, 1.239].map(dollars)).toEqual(["< $0.01", "$1.24"]);
  expect([0.01, 0.5, 1.25, 90].map(minutes)).toEqual(["< 1 s", "30 s", "1.3 min", "1.5 h"]);
  expect([0.004, 0.39, 1].map(percent)).toEqual(["0.4 %", "39 %", "100 %"]);
  expect([counted(1, "session"), counted(2000, "session")]).toEqual(["1 session", "2,000 sessions"]);
});

test("a period does not say the same day or minute twice", () => {
  const from = "2026-11-20T02:33:00.000Z";
  expect(periodOf(from, "2026-11-20T05:10:00.000Z")).toBe("2026-11-20 02:33 to 05:10 UTC");
  expect(periodOf(from, "2026-11-21T05:10:00.000Z")).toBe("2026-11-20 02:33 to 2026-11-21 05:10 UTC");
  expect(periodOf(from, "2026-11-20T02:33:59.000Z")).toBe("2026-11-20 02:33 UTC");
});

test("ids that begin with the same time are told apart by their end", () => {
  expect(shortId("01a1f6cd-dbca-7e60-95e5-cd4b5128cfe5")).toBe("…5128cfe5");
  expect(shortId("call_1")).toBe("call_1");
});
