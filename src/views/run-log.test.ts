import { expect, test } from "vitest";
import { runLogOf } from "./run-log.ts";

const part = (text: string, from: number = 0) => runLogOf({ from, bytes: Buffer.from(text), ended: false });

const FIRST = '{"at":"2026-11-21T10:00:00.000Z","event":"said","text":"ä"}\n';

test("[OPS-3] whole lines are told and the one that is still being written waits", () => {
  const log = part(`${FIRST}{"event":"call`);
  expect(log).toEqual({
    lines: [{ number: 0, at: "2026-11-21T10:00:00.000Z", event: "said", facts: { text: "ä" } }],
    after: Buffer.byteLength(FIRST),
    ended: false,
  });
  expect(part('{"event":"x"}\n', log.after)).toMatchObject({ lines: [{ number: log.after }], after: log.after + 14 });
});

test("[OPS-3] a line that is none of ours is shown as it stands", () => {
  expect(part("not json\n\n[1]\n{}\n").lines).toEqual([
    { number: 0, at: null, event: "unreadable", facts: { text: "not json" } },
    { number: 10, at: null, event: "unreadable", facts: { text: "[1]" } },
    { number: 14, at: null, event: "unknown", facts: {} },
  ]);
});
