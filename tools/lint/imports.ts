import { parseSync, Visitor } from "oxc-parser";

/** One way a file reaches another: `import`, `export … from`, `import()` or the type `import("…")`. */
export interface Import {
  /** As written; `null` for an `import()` whose target is computed. */
  readonly specifier: string | null;
  readonly typeOnly: boolean;
}

const LITERAL = /^(["'`])([^"'`$]*)\1$/;

/** Everything a file imports, in any form. A file that does not parse throws. */
export function importsOf(path: string, text: string): readonly Import[] {
  const { module, program, errors } = parseSync(path, text);
  const broken = errors[0];
  if (broken !== undefined) throw new Error(`${path}: ${broken.message}`);
  const found: Import[] = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
  }));
  for (const { moduleRequest, isType } of module.staticExports.flatMap((statement) => statement.entries)) {
    if (moduleRequest !== null) found.push({ specifier: moduleRequest.value, typeOnly: isType });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = LITERAL.exec(text.slice(moduleRequest.start, moduleRequest.end));
    found.push({ specifier: literal?.[2] ?? null, typeOnly: false });
  }
  const types = new Visitor({
    TSImportType: (node) => void found.push({ specifier: node.source.value, typeOnly: true }),
  });
  types.visit(program);
  return found;
}
