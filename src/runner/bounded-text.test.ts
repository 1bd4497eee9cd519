import { expect, test } from "vitest";
import { LONGEST_SECRET } from "../model/redacted.ts";
import { BoundedText } from "./bounded-text.ts";

const same = (text: string): string => text;

test("[RUN-8] what fits is kept to the letter", () => {
  const text = new BoundedText(100);
  text.add(Buffer.from("one "));
  text.add(Buffer.from("twö"));
  expect(text.text(same)).toBe("one twö");
});

test("[RUN-8] of what does not fit the start and the end are kept, in bounded memory, and the rest is counted", () => {
  const text = new BoundedText(1_000);
  for (let n = 0; n < 100_000; n += 1) text.add(Buffer.from(`${String(n).padStart(9, "0")}\n`));
  const kept = text.text(same);
  expect(kept.startsWith("000000000\n000000001\n")).toBe(true);
  expect(kept.endsWith("000099998\n000099999\n")).toBe(true);
  expect(kept).toMatch(/… \d+ bytes are left out here …/);
  expect(kept.length).toBeLessThan(20_000 + 2 * LONGEST_SECRET);
  const left = Number(/… (\d+) bytes/.exec(kept)?.[1]);
  expect(kept.length - "\n… 000000 bytes are left out here …\n".length + left).toBe(1_000_000);
});

test("[RUN-9] half a secret beside the cut is not kept", () => {
  const redact = (text: string): string => text.replaceAll("-SECRET-", "[gone]");
  const half = 500 + LONGEST_SECRET;
  const text = new BoundedText(1_000);
  text.add(Buffer.from(`${"a".repeat(half - 4)}-SECRET-${"b".repeat(100_000)}`));
  const kept = text.text(redact);
  expect(kept).not.toContain("-SEC");
  expect(kept).not.toContain("RET-");
});
