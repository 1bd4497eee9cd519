import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseSync, Visitor } from "oxc-parser";
import { readSourceTree } from "../tools/lint/source-tree.ts";

const root = join(import.meta.dirname, "..");
const manifests = ["package.json", ...globSync("web/package.json", { cwd: root })];
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

test.each(manifests)("[HSE-1] %s pins every dependency exactly", (path) => {
  const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as Record<
    string,
    Record<string, string> | undefined
  >;
  const pins = ["dependencies", "devDependencies", "overrides"].flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  expect(pins.length).toBeGreaterThan(5);
  expect(pins.filter(([, version]) => !EXACT.test(version))).toEqual([]);
});

test("[HSE-1] the lock file names no registry", () => {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  expect(lock.match(/"resolved": "[a-z+]+:.*"/g) ?? []).toEqual([]);
});

test("[HSE-1] source runs by stripping types alone: no enum, namespace, parameter property or import alias", () => {
  const found: string[] = [];
  for (const [path, text] of readSourceTree(root, ["src", "tools", "test"])) {
    const note = (node: { readonly start: number }): void =>
      void found.push(`${path}: ${text.slice(node.start).split("\n", 1)[0]}`);
    new Visitor({
      TSEnumDeclaration: note,
      TSModuleDeclaration: (node) => node.declare || note(node),
      TSParameterProperty: note,
      TSImportEqualsDeclaration: note,
      TSExportAssignment: note,
    }).visit(parseSync(path, text).program);
  }
  expect(found).toEqual([]);
});
