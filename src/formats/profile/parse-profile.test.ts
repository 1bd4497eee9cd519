import { expect, test } from "vitest";
import { DEFAULT_PROFILE, parseProfile } from "./parse-profile.ts";

const parse = (text: string): ReturnType<typeof parseProfile> => parseProfile({ file: "profile.yaml", text });

function problemsOf(text: string): readonly string[] {
  const read = parse(text);
  return read.ok ? [] : read.failure.map(({ at, message }) => `${at} ${message}`);
}

test("[MOD-3] an empty profile is the default one", () => {
  expect(parse("")).toEqual({ ok: true, value: DEFAULT_PROFILE });
  expect(parse("{}")).toEqual({ ok: true, value: DEFAULT_PROFILE });
  expect(parse("# nothing\n")).toEqual({ ok: true, value: DEFAULT_PROFILE });
});

test("[MOD-3] everything a profile can say is read", () => {
  const text = `
setup: [[npm, ci], "npm run build && true"]
acceptance:
  - { name: unit, run: [npm, test], timeout: 120 }
  - { name: lint, run: "npm run lint" }
allowed_paths: ["src/**", "!src/generated/**"]
scope: |
  Only the parser.
caps: { minutes: 10, turns: 3, tokens: 100000, usd: 0.25 }
max_parallel: 2
`;
  expect(parse(text)).toEqual({
    ok: true,
    value: {
      setup: [["npm", "ci"], "npm run build && true"],
      acceptance: [
        { name: "unit", run: ["npm", "test"], timeout: 120 },
        { name: "lint", run: "npm run lint", timeout: 600 },
      ],
      allowedPaths: ["src/**", "!src/generated/**"],
      scope: "Only the parser.",
      caps: { minutes: 10, turns: 3, tokens: 100_000, microDollars: 250_000 },
      maxParallel: 2,
    },
  });
});

test.each([
  ["setup: npm ci", ["npm ci"]],
  ["setup: [npm, ci]", [["npm", "ci"]]],
  [
    "setup: [[npm, ci], [npm, run, build]]",
    [
      ["npm", "ci"],
      ["npm", "run", "build"],
    ],
  ],
  ["setup: []", []],
] as const)("[MOD-3] %s", (text, setup) => {
  expect(parse(text)).toMatchObject({ ok: true, value: { setup } });
});

test("[MOD-3] a typing slip names file, line, column and the nearest key", () => {
  expect(problemsOf("setup: []\nacceptence: []\n")).toEqual([
    'profile.yaml:2:1 "acceptence" is not a known key; did you mean acceptance?',
  ]);
  expect(problemsOf("acceptance:\n  - name: unit\n    run: [npm, test]\n    timout: 3\n")).toEqual([
    'profile.yaml:4:5 "timout" is not a known key; did you mean timeout?',
  ]);
  expect(problemsOf("caps: { usd: 1, dollars: 2 }")).toEqual(['profile.yaml:1:17 "dollars" is not a known key.']);
});

test("[MOD-3] every mistake is listed at once, each with its place", () => {
  const text = `setup: ["npm ci"]
acceptance:
  - { name: unit, run: [], timeout: 0 }
  - { name: unit, run: 3 }
  - { name: "two words", run: x }
allowed_paths: ["/etc/**", 7]
caps: { minutes: 1.5, usd: -1 }
max_parallel: many
`;
  expect(problemsOf(text)).toEqual([
    "profile.yaml:1:8 setup is an argument list, so its first word is a program: give each argument a word of its own, or write the line as text.",
    "profile.yaml:3:24 run must not be empty.",
    "profile.yaml:3:37 timeout must be a whole number from 1 to 86400.",
    "profile.yaml:4:13 name is used twice.",
    "profile.yaml:4:24 run must be an argument list or one shell line.",
    "profile.yaml:5:13 name must be a word of letters, digits and . _ : @ / -.",
    "profile.yaml:6:17 glob begins with a slash: paths are relative to the repository.",
    "profile.yaml:6:28 must be a glob of paths.",
    "profile.yaml:7:18 minutes must be a whole number from 1 to 1440.",
    "profile.yaml:7:28 usd must be more than 0.",
    "profile.yaml:8:15 max_parallel must be a whole number from 1 to 64.",
  ]);
});

test.each([
  ["a: [", "1:5", "bad indent"],
  ["setup: []\nsetup: []\n", "2:1", "duplicate key"],
  ["a: &x [1]\nb: *x\n", "2:4", "aliases are not taken"],
  ["- a\n", "1:1", "must be a mapping"],
  [`scope: "${"x".repeat(300_000)}"`, "1:1", "300009 bytes, and at most 262144 (256 KiB)"],
  ["setup: []\nscope: \ufffd\n", "2:8", "not UTF-8 text"],
  ["---\na: 1\n---\nb: 1\n", "3:1", "multiple docs"],
])("[MOD-3] what is no YAML mapping is a mistake at a place: %.20s", (text, place, why) => {
  const [first = ""] = problemsOf(text);
  expect(first).toContain(`profile.yaml:${place} `);
  expect(first).toContain(why);
});

test("[MOD-3] two acceptance commands of one name could not be told apart", () => {
  expect(problemsOf("acceptance: [{ name: a, run: x }, { name: a, run: y }]")).toEqual([
    "profile.yaml:1:43 name is used twice.",
  ]);
});

test("[MOD-3] each wrong command of a setup has a place of its own", () => {
  expect(problemsOf("setup: [[npm, ci], ['npm run', x], '']").map((problem) => problem.slice(0, 30))).toEqual([
    "profile.yaml:1:20 is an argume",
    "profile.yaml:1:36 must not be ",
  ]);
});
