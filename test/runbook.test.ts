import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RouteMap } from "@stricli/core";
import { app } from "../src/cli/app.ts";
import { ATTEMPT_FAILURES } from "../src/model/attempt-failure.ts";
import { REMEDIES } from "../src/model/failure-remedy.ts";

const RUNBOOK = readFileSync(join(import.meta.dirname, "../docs/operate/runbook.md"), "utf8");

/** How many of the words lead to a command; the words after that are its own. */
function isCommand(words: readonly string[], target: unknown = app.root): boolean {
  if (typeof target !== "object" || target === null || !("getAllEntries" in target)) return true;
  const [word, ...rest] = words;
  const entry = (target as RouteMap<never>).getAllEntries().find(({ name }) => name["convert-camel-to-kebab"] === word);
  return entry !== undefined && isCommand(rest, entry.target);
}

test("[OPS-6] every command that a failure or the runbook names is there", () => {
  const named = [...RUNBOOK.matchAll(/`codex-loop ([^`]+)`/g)].map(([, line = ""]) => line);
  const lines = [...named, ...Object.values(REMEDIES).map(({ next }) => next.replace(/^codex-loop /, ""))];
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => !isCommand(line.split(" ")))).toEqual([]);
  expect(isCommand(["budget", "widen", "x"])).toBe(false);
});

test("[OPS-6] the runbook has a paragraph for every failure category", () => {
  const headed = [...RUNBOOK.matchAll(/^\*\*([a-z_, ]+)\.\*\*/gm)].flatMap(([, names = ""]) => names.split(", "));
  const categories = new Set(Object.values(ATTEMPT_FAILURES).map(({ category }) => category));
  expect(headed.toSorted()).toEqual([...categories].toSorted());
});
