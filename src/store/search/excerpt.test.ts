import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { phrasesOf } from "./phrases.ts";

test("[TRC-11] an excerpt is one line around the first word that was looked for", () => {
  const text = `${"before ".repeat(40)}\nthe Needle\n${"after ".repeat(60)}`;
  const excerpt = excerptOf(text, phrasesOf("needle"));
  expect(excerpt).toMatch(/^…before .*the Needle after .*…$/u);
  expect(excerpt.length).toBeLessThanOrEqual(200);
});

test("[TRC-11] a short text is its own excerpt, also where the word is spelled otherwise", () => {
  expect(excerptOf("  git   push ", phrasesOf("push"))).toBe("git push");
  expect(excerptOf("STRASSE", phrasesOf("straße"))).toBe("STRASSE");
  expect(excerptOf(`${"x".repeat(300)}needle`, phrasesOf("needle"))).toBe("…needle");
});

test("[TRC-11] words are cut at everything that is neither letter nor digit", () => {
  expect(phrasesOf('src/main.ts  "--dry-run" 日本')).toEqual([["src", "main", "ts"], ["dry", "run"], ["日本"]]);
  expect(phrasesOf(" -- \n\t")).toEqual([]);
});
