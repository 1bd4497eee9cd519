import { parseSync, Visitor } from "oxc-parser";
import type { SourceTree } from "./source-tree.ts";

const IDS = /\[([A-Z]{3}-\d+(?:, [A-Z]{3}-\d+)*)\]/g;
const DECLARES = /^(test|it|describe)$/;
const NEVER_RUNS = /^(skip|todo|fails)$/;

/** What is wrong with the citations of a tree of tests; empty when every id has a test and every cited id is listed. */
export function citationProblems(tests: SourceTree, listed: Readonly<Record<string, string>>): readonly string[] {
  const cited = new Map<string, string>();
  for (const [path, text] of tests) for (const id of citedIds(path, text)) cited.set(id, path);
  const unproven = Object.keys(listed).filter((id) => !cited.has(id));
  const unknown = [...cited].filter(([id]) => !Object.hasOwn(listed, id));
  return [
    ...unproven.map((id) => `${id} has no test: cite it in a test title as [${id}]`),
    ...unknown.map(([id, path]) => `${path} cites ${id}, which test/requirements.ts does not list`),
  ];
}

/** Ids in square brackets in the titles of tests that run: `[STO-3]` or `[STO-3, STO-4]`. */
export function citedIds(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const calls = new Visitor({
    CallExpression({ callee, arguments: [title] }) {
      // `test.each(…)`: the words before the first bracket, so that a table's own text says nothing.
      const words = text.slice(callee.start, callee.end).split(/[(`]/, 1).join().split(".");
      if (title === undefined || !DECLARES.test(words[0] ?? "") || words.some((word) => NEVER_RUNS.test(word))) return;
      if (title.type !== "Literal" && title.type !== "TemplateLiteral") return;
      for (const [, ids = ""] of text.slice(title.start, title.end).matchAll(IDS)) found.push(...ids.split(", "));
    },
  });
  calls.visit(parseSync(path, text).program);
  return found;
}
