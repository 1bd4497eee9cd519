import { expect, test } from "vitest";
import { parseScript } from "./parse-script.ts";

const parse = (text: string) => parseScript({ path: "demo.yaml", text });

const EVERY_STEP = `steps:
  - write: {path: src/a.txt, text: "one\\n"}
  - run: [node, --test]
  - say: done
  - ask: {command: [git, push], reason: to share it}
  - usage: {input: 1000, output: 50}
  - sleep: 0.5
  - fail: AGENT_FAILED
`;

test("[RUN-2] reads every step that there is", () => {
  const script = parse(EVERY_STEP);
  expect(script).toEqual({
    ok: true,
    value: {
      steps: [
        { write: { path: "src/a.txt", text: "one\n" } },
        { run: ["node", "--test"] },
        { say: "done" },
        { ask: { command: ["git", "push"], reason: "to share it" } },
        { usage: { input: 1000, output: 50 } },
        { sleep: 0.5 },
        { fail: "AGENT_FAILED" },
      ],
    },
  });
});

const MISTAKES: readonly (readonly [text: string, at: string, why: string])[] = [
  ["", "1:1", "has to be a list"],
  ["- run: [a]", "1:1", "a mapping with"],
  ["step: []", "1:7", "only steps"],
  ["steps: no", "1:8", "has to be a list"],
  ["steps:\n  - rum: [a]", "2:10", "did you mean run?"],
  ["steps:\n  - {}", "2:5", "exactly one of"],
  ["steps:\n  - {say: a, run: [b]}", "2:5", "exactly one of"],
  ["steps:\n  - say: a\n  - run: node --test", "3:10", "Expected run: [PROGRAM"],
  ["steps:\n  - run: []", "2:10", "Expected run: [PROGRAM"],
  ["steps:\n  - run: [a, 3]", "2:14", "Expected run: [PROGRAM"],
  ["steps:\n  - write: {path: a}", "2:12", "Expected write:"],
  ["steps:\n  - write: {path: a, text: b, mode: 1}", "2:12", "Expected write:"],
  ["steps:\n  - usage: {input: -1, output: 2}", "2:20", "Expected usage:"],
  ["steps:\n  - sleep: 99999", "2:12", "Expected sleep:"],
  ["steps:\n  - fail: nope", "2:11", "Expected fail:"],
  ["steps:\n  - say: &a x\n  - say: *a", "3:10", "aliases"],
  ["steps: [", "1:9", "not YAML"],
];

for (const [text, at, why] of MISTAKES) {
  test(`[RUN-2] names the place of the mistake in ${JSON.stringify(text)}`, () => {
    const script = parse(text);
    if (script.ok) throw new Error("was taken");
    expect(script.failure.message).toBe(`demo.yaml:${at}: the script cannot be replayed.`);
    expect(script.failure.cause).toContain(why);
    expect(script.failure.hint).toMatch(/^Do this: /);
  });
}
