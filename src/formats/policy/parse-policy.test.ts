import { expect, test } from "vitest";
import { CHANGE_GATES, EARLY_GATES, GATES } from "../../model/policy.ts";
import { parsePolicy } from "./parse-policy.ts";

const PATHS = ["src/a.ts", "services/payments/pay.ts", "services/payments/README.md", "README.md"];

const parse = (text: string, paths: readonly string[] | null = PATHS): ReturnType<typeof parsePolicy> =>
  parsePolicy({ file: "policy.yaml", text, paths });

function problemsOf(text: string, paths: readonly string[] | null = PATHS): readonly string[] {
  const read = parse(text, paths);
  return read.ok ? [] : read.failure.map(({ at, message }) => `${at} ${message}`);
}

const one = (rule: string): string => `version: 1\nrules:\n  - ${rule}\n`;

test("[POL-1] the whole vocabulary is read", () => {
  const text = `
version: 1
staleMinutes: 60
rules:
  - { id: pay-tests, at: [pre_merge], when: { paths: ["services/payments/**", "!**/*.md"] }, require: { checks: ["unit:payments"] } }
  - { id: high-risk, when: { labelsAny: [security, infra] }, require: { approvals: { count: 2, roles: [maintainer] } } }
  - { id: churn, limit: { ideaLines: 1500, taskFiles: 40, openPrsPerIdea: 6 } }
  - { id: guards, protect: ["policy/**"] }
  - { id: infra, protect: { paths: ["infra/**"], approvals: {} } }
  - { id: weekend, at: [pre_deploy], deny: { windows: ["Fri 17:00 - Mon 08:00 America/Phoenix"] } }
  - { id: no-push, commands: { deny: ["git push", [rm, -rf, "/*"]], allow: [[npm, test, "..."]] } }
  - { id: hosts, at: [dispatch], domains: { allow: [registry.example.org, "*.example.com"] } }
`;
  const ANY = { paths: null, labelsAny: null, actor: null };
  const APPROVALS = { count: 1, roles: [], notAuthor: true, onHead: true };
  expect(parse(text)).toEqual({
    ok: true,
    value: {
      version: 1,
      staleMinutes: 60,
      rules: [
        {
          id: "pay-tests",
          at: ["pre_merge"],
          when: { ...ANY, paths: ["services/payments/**", "!**/*.md"] },
          does: { kind: "require", checks: ["unit:payments"], approvals: null },
        },
        {
          id: "high-risk",
          at: CHANGE_GATES,
          when: { ...ANY, labelsAny: ["security", "infra"] },
          does: { kind: "require", checks: [], approvals: { ...APPROVALS, count: 2, roles: ["maintainer"] } },
        },
        {
          id: "churn",
          at: CHANGE_GATES,
          when: ANY,
          does: { kind: "limit", limits: { ideaLines: 1500, taskFiles: 40, openPrsPerIdea: 6 } },
        },
        { id: "guards", at: CHANGE_GATES, when: ANY, does: { kind: "protect", paths: ["policy/**"], approvals: null } },
        {
          id: "infra",
          at: CHANGE_GATES,
          when: ANY,
          does: { kind: "protect", paths: ["infra/**"], approvals: APPROVALS },
        },
        {
          id: "weekend",
          at: ["pre_deploy"],
          when: ANY,
          does: {
            kind: "freeze",
            windows: [
              {
                text: "Fri 17:00 - Mon 08:00 America/Phoenix",
                zone: "America/Phoenix",
                every: "week",
                from: 4 * 1440 + 17 * 60,
                to: 480,
              },
            ],
          },
        },
        {
          id: "no-push",
          at: EARLY_GATES,
          when: ANY,
          does: {
            kind: "commands",
            deny: [
              ["git", "push"],
              ["rm", "-rf", "/*"],
            ],
            need: [],
            allow: [["npm", "test", "..."]],
          },
        },
        {
          id: "hosts",
          at: ["dispatch"],
          when: ANY,
          does: { kind: "domains", allow: ["registry.example.org", "*.example.com"] },
        },
      ],
    },
  });
});

test("[POL-1] time is there at every gate", () => {
  expect(parse(one('{ id: f, deny: { windows: ["22:00 - 06:00 UTC"] } }'))).toMatchObject({
    ok: true,
    value: { rules: [{ at: GATES }] },
  });
});

test.each([
  ["{ id: a, requires: { checks: [x] } }", '3:14 "requires" is not a known key; did you mean require?'],
  ["{ id: a, when: { path: [src] }, require: { checks: [x] } }", '3:22 "path" is not a known key; did you mean paths?'],
  ["{ id: a, protect: { paths: [src], approval: {} } }", '3:39 "approval" is not a known key; did you mean approvals?'],
  ["{ id: a, limit: { idea_lines: 3 } }", '3:23 "idea_lines" is not a known key; did you mean ideaLines?'],
])("[POL-6] an unknown key is an error with its place and the nearest name: %s", (rule, problem) => {
  expect(problemsOf(one(rule))).toContainEqual(`policy.yaml:${problem}`);
});

test.each([
  ["{ id: a }", "does nothing"],
  ["{ id: a, require: {} }", "has an empty require"],
  ["{ id: a, limit: {} }", "has an empty limit"],
  ["{ id: a, commands: {} }", "has an empty commands"],
  ["{ id: a, protect: [] }", "must name a glob without !"],
  ['{ id: a, protect: ["!src/**"] }', "without !"],
  ["{ id: a, at: [], require: { checks: [x] } }", "must name a gate"],
  ["{ id: a, at: [pre_flight], require: { checks: [x] } }", "must be one of admit"],
  ["{ id: a, at: [admit, pre_push], require: { checks: [x] } }", "can never act at admit: there is no change yet"],
  ["{ id: a, at: [pre_push], commands: { deny: [curl] } }", "can never act at pre_push: nothing runs there any more"],
  ["{ id: a, require: { checks: [x] }, protect: [src] }", "does require and protect at once"],
  ["{ id: a, require: { approvals: { count: 0 } } }", "whole number from 1"],
  ["{ id: a, when: { actor: person }, protect: [src] }", "its when can never act"],
  ["{ id: a, when: { paths: [src] }, commands: { deny: [curl] } }", "which has no paths"],
  ["{ id: a, commands: { deny: [/bin/rm] } }", "bare names, so it can never act"],
  ["{ id: a, commands: { deny: [[git, ..., push]] } }", "has ... before its end"],
  ['{ id: a, domains: { allow: ["https://x.org"] } }', "must be a host name"],
  ['{ id: a, deny: { windows: ["Fri 17:00 - Fri 17:00 UTC"] } }', "it can never act"],
  ['{ id: a, deny: { windows: ["Fri 25:00 - Mon 08:00 UTC"] } }', "does not exist"],
  ['{ id: a, deny: { windows: ["Fry 17:00 - Mon 08:00 UTC"] } }', "does not exist"],
  ['{ id: a, deny: { windows: ["2026-02-30 00:00 - 2026-03-02 00:00 UTC"] } }', "does not exist"],
  ['{ id: a, deny: { windows: ["2026-03-02 00:00 - 2026-03-01 00:00 UTC"] } }', "ends before it begins"],
  ['{ id: a, deny: { windows: ["Fri 17:00 - 08:00 UTC"] } }', "two ways"],
  ['{ id: a, deny: { windows: ["Fri 17:00 - Mon 08:00 Mars/Base"] } }', "no time zone"],
  ['{ id: a, deny: { windows: ["weekends"] } }', "not of the form"],
  ["{ id: built-in/x, protect: [src] }", "must be a word"],
])("[POL-6] a rule that can never act is an error: %s", (rule, why) => {
  const [first = "", ...others] = problemsOf(one(rule));
  expect(first).toContain(why);
  expect(first).toMatch(/^policy\.yaml:3:\d+ /);
  expect(others).toEqual([]);
});

test("[POL-6] two rules of one id are an error", () => {
  const text = "version: 1\nrules:\n  - { id: a, protect: [x] }\n  - { id: a, protect: [y] }\n";
  expect(problemsOf(text)).toEqual(["policy.yaml:4:11 the id a is used twice."]);
});

test("[POL-6] a require glob that takes no file of the repository is an error, a protection may wait for its files", () => {
  const requiring = (globs: string): string => one(`{ id: a, when: { paths: ${globs} }, require: { checks: [x] } }`);
  const gone = (glob: string): string =>
    `rule a requires something of ${glob}, which matches no file of the repository.`;
  expect(problemsOf(requiring('["src/**", "lib/**"]'))).toEqual([`policy.yaml:3:40 ${gone("lib/**")}`]);
  expect(problemsOf(requiring('["src/**", "!src/**"]'))).toEqual([`policy.yaml:3:29 ${gone("src/** !src/**")}`]);
  expect(problemsOf(requiring('["src/**", "!nothing/**"]'))).toEqual([]);
  expect(problemsOf(one('{ id: a, protect: ["lib/**"] }'))).toEqual([]);
  expect(problemsOf(requiring('["lib/**"]'), null)).toEqual([]);
});

test.each([
  ["", "version"],
  ["rules: []", "version must be 1"],
  ["version: 2\nrules: []", "version must be 1"],
  ["version: 1", "rules must be a list of rules"],
])("[POL-6] a policy says its version and its rules: %j", (text, why) => {
  expect(problemsOf(text).join("\n")).toContain(why);
});

test("[POL-6, MOD-3] every mistake is listed at once: none waits for another to be mended", () => {
  const text = `version: 1
rules:
  - { id: a, protect: [x] }
  - { id: a, protect: [y], at: [admit, pre_mrge] }
  - { id: b, require: { checks: [] }, deny: { windows: [soon] } }
  - { id: c, commands: { deny: [] } }
  - { protect: [z] }
  - { id: d, when: { paths: ["lib/**"], actor: persn }, require: { checks: [x] } }
  - { id: e, when: 3, limit: { taskLines: 0 } }
`;
  expect(problemsOf(text)).toEqual([
    "policy.yaml:4:11 the id a is used twice.",
    "policy.yaml:4:32 rule a can never act at admit: there is no change yet.",
    'policy.yaml:4:40 at must be one of admit, dispatch, pre_push, pre_merge, pre_deploy, not "pre_mrge"; did you mean pre_merge?',
    "policy.yaml:5:33 checks must name at least one.",
    "policy.yaml:5:45 rule b does require and deny at once.",
    "policy.yaml:5:57 window is not of the form `Fri 17:00 - Mon 08:00 America/Phoenix`.",
    "policy.yaml:6:24 rule c has an empty commands, so it can never act.",
    "policy.yaml:7:5 id must be a name, and is missing.",
    "policy.yaml:8:30 rule d requires something of lib/**, which matches no file of the repository.",
    'policy.yaml:8:48 actor must be one of agent, person, not "persn"; did you mean person?',
    "policy.yaml:9:20 when must be a mapping of keys.",
    "policy.yaml:9:43 taskLines must be a whole number from 1 to 1000000000.",
  ]);
});
