import { stringify } from "yaml";
import { expect, test } from "vitest";
import { parsePolicy } from "./parse-policy.ts";
import { writePolicy } from "./write-policy.ts";

const POLICY = `version: 1
rules:
  - { id: tests, at: [pre_push], when: { paths: ["src/**"], actor: agent }, require: { checks: [unit] } }
  - { id: people, when: { labelsAny: [infra] }, require: { approvals: { count: 2, roles: [ops] } } }
  - { id: vault, protect: ["vault/**"] }
  - { id: infra, protect: { paths: ["infra/**"], approvals: {} } }
  - { id: churn, limit: { taskLines: 5 } }
  - { id: weekend, deny: { windows: ["Fri 17:00 - Mon 08:00 UTC"] } }
  - { id: programs, commands: { deny: ["rm -rf ..."], allow: [[npm, test]] } }
  - { id: hosts, domains: { allow: ["*.example.org"] } }
`;

const read = (text: string) => parsePolicy({ file: "policy.yaml", text, paths: null });

test("[MOD-3] what is written of a policy reads as the same policy, with every default filled in", () => {
  const policy = read(POLICY);
  if (!policy.ok) throw new Error(JSON.stringify(policy.failure));
  const text = stringify(writePolicy(policy.value), { aliasDuplicateObjects: false });
  expect(read(text)).toEqual(policy);
  expect(text).toContain("staleMinutes: 1440");
  expect(text).toContain("notAuthor: true");
});
