/** Examples in the documents are read as they stand there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePolicy } from "../src/formats/policy/parse-policy.ts";
import { parseProfile } from "../src/formats/profile/parse-profile.ts";
import { parseSpec } from "../src/formats/spec/parse-spec.ts";
import { compilePolicy } from "../src/policy/rules/compile-policy.ts";

function exampleOf(page: string, language: string): string {
  const text = readFileSync(join(import.meta.dirname, "../docs/formats", page), "utf8");
  const block = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(text)?.[1];
  if (block === undefined) throw new Error(`${page} has no example in ${language}`);
  return block;
}

test("[POL-1] the policy that the document shows is one, and uses every kind of rule", () => {
  const paths = ["services/payments/a.ts"];
  const policy = parsePolicy({ file: "policy.md", text: exampleOf("policy.md", "yaml"), paths });
  expect(policy.ok ? [] : policy.failure).toEqual([]);
  const kinds = policy.ok ? compilePolicy(policy.value).rules.map(({ rule }) => rule.does.kind) : [];
  expect(new Set(kinds)).toEqual(new Set(["protect", "require", "limit", "freeze", "commands", "domains"]));
});

test("[MOD-3] the profile that the document shows is one", () => {
  expect(parseProfile({ file: "profile.md", text: exampleOf("profile.md", "yaml") })).toMatchObject({
    ok: true,
    value: { setup: [["npm", "ci"], "npm run build --if-present"], caps: { microDollars: 2_000_000 }, maxParallel: 2 },
  });
});

test("[JOB-4] the specification that the document shows is one", () => {
  expect(parseSpec({ file: "spec.md", text: exampleOf("spec.md", "markdown") })).toMatchObject({
    ok: true,
    value: { title: "Read dates with a zone", repository: "acme/shop", risk: "low", labels: ["dates", "parser"] },
  });
});
