import { expect, test } from "vitest";
import { parseScript } from "./parse-script.ts";

const parse = (text: string) => parseScript({ file: "demo.yaml", text });

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

const MISTAKES: readonly (readonly [text: string, ...problems: (readonly [at: string, why: string])[]])[] = [
  ["", ["1:1", "steps must be a list of steps, and is missing."]],
  ["- run: [a]", ["1:1", "a script is a mapping with `steps: […]`."]],
  ["stepz: []", ["1:1", '"stepz" is not a known key; did you mean steps?']],
  ["steps: no", ["1:8", "steps must be a list of steps."]],
  ["steps: []", ["1:8", "steps is empty, so there is nothing to play."]],
  ["steps: [{sya: hi}]", ["1:10", '"sya" is not a known key; did you mean say?']],
  ["steps:\n  - {}", ["2:5", "a step has exactly one of"]],
  ["steps:\n  - {say: a, run: [b]}", ["2:5", "a step has exactly one of"]],
  ["steps:\n  - say: a\n  - run: node --test", ["3:10", "expected run: [PROGRAM, ARGUMENT…]."]],
  ["steps:\n  - run: []", ["2:10", "expected run: [PROGRAM"]],
  ["steps:\n  - run: [a, 3]", ["2:14", "expected run: [PROGRAM"]],
  ["steps:\n  - write: {path: a}", ["2:12", "expected write:"]],
  [
    "steps:\n  - write: {pth: a, text: b}",
    ["2:12", "expected write:"],
    ["2:13", '"pth" is not a known key; did you mean path?'],
  ],
  ["steps:\n  - usage: {input: -1, output: 2}", ["2:20", "expected usage:"]],
  ["steps:\n  - sleep: 99999", ["2:12", "expected sleep:"]],
  ["steps:\n  - fail: nope", ["2:11", 'expected fail: CODE, such as AGENT_FAILED, not "nope".']],
  ["steps:\n  - fail: AGENT_FAILD", ["2:11", 'not "AGENT_FAILD"; did you mean AGENT_FAILED?']],
  ["steps:\n  - say: &a x\n  - say: *a", ["3:10", "aliases are not taken."]],
  ["steps: [", ["1:9", "this is not YAML: bad indent."]],
  ["steps: [{say: \ufffd}]", ["1:15", "this is not UTF-8 text."]],
  ["steps:\n  - write: {path: ../a, text: b}", ["2:19", '"../a" is outside of the work tree']],
  ["steps:\n  - write: {path: /etc/a, text: b}", ["2:19", '"/etc/a" is outside of the work tree']],
  ["steps:\n  - write: {path: a/../.git/config, text: b}", ["2:19", "is in .git, which is no part of a change."]],
  [
    "steps:\n  - fail: nope\n  - rum: [a]\n  - sleep: soon\nstep: 1",
    ["2:11", 'not "nope".'],
    ["3:5", '"rum" is not a known key; did you mean run?'],
    ["4:12", "expected sleep: SECONDS, at most 3600."],
    ["5:1", '"step" is not a known key; did you mean steps?'],
  ],
];

test.for(MISTAKES)("[RUN-2, MOD-3] names the place of every mistake in %j", ([text, ...problems]) => {
  const script = parse(text);
  if (script.ok) throw new Error("was taken");
  expect(script.failure.map(({ at }) => at)).toEqual(problems.map(([at]) => `demo.yaml:${at}`));
  for (const [index, { message, hint }] of script.failure.entries()) {
    expect(message).toContain(problems[index]?.[1]);
    expect(message).toMatch(/[^.?][.?]$/);
    expect(hint).toMatch(/[^.][.]$/);
  }
});

test("[RUN-2] a write may go anywhere within its tree", () => {
  expect(parse("steps: [{write: {path: a/../.github/b, text: c}}, {write: {path: ./..d/e, text: c}}]").ok).toBe(true);
});
