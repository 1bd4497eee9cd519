import { parseSync, Visitor } from "oxc-parser";
import type { SourceTree } from "./source-tree.ts";

export interface Length {
  readonly lines: number;
  /** A path, or `path:line name` for a function. */
  readonly what: string;
}

/** The longest files and functions of a tree, longest first. Information for a reviewer, not a gate. */
export function longest(
  tree: SourceTree,
  count: number,
): { readonly files: readonly Length[]; readonly functions: readonly Length[] } {
  const files = [...tree].map(([what, text]) => ({ what, lines: text.trimEnd().split("\n").length }));
  const functions = [...tree].flatMap(([path, text]) => functionLengths(path, text));
  return { files: top(files, count), functions: top(functions, count) };
}

function top(all: readonly Length[], count: number): readonly Length[] {
  return all.toSorted((left, right) => right.lines - left.lines).slice(0, count);
}

function functionLengths(path: string, text: string): readonly Length[] {
  const found: Length[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const measure = (node: { readonly start: number; readonly end: number }): void => {
    const from = lineOf(node.start);
    const head = text.split("\n")[from - 1]?.trim().slice(0, 60);
    found.push({ what: `${path}:${from} ${head}`, lines: lineOf(node.end) - from + 1 });
  };
  const functions = new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  });
  functions.visit(parseSync(path, text).program);
  return found;
}
