import { expect, test } from "vitest";
import { instantOf, type Instant } from "../../model/time.ts";
import { waitedMs } from "./waited-ms.ts";

const at = (seconds: number): Instant => instantOf(seconds * 1_000);

test("[RUN-5] waiting for people is counted once, however many questions are open", () => {
  expect(waitedMs([], at(100))).toBe(0);
  const asked = [
    { askedAt: at(50), decidedAt: at(60) },
    { askedAt: at(10), decidedAt: at(20) },
    { askedAt: at(15), decidedAt: at(25) },
    { askedAt: at(12), decidedAt: at(13) },
    { askedAt: at(90), decidedAt: null },
  ];
  expect(waitedMs(asked, at(100))).toBe(35_000);
});
