import type { LintRule } from "./lint-rule.ts";

type Listeners = ReturnType<NonNullable<LintRule["create"]>>;
type NodeOf<Type extends keyof Listeners> = Parameters<NonNullable<Listeners[Type]>>[0];
type Context = Parameters<NonNullable<LintRule["create"]>>[0];
type Node = Parameters<Context["sourceCode"]["isGlobalReference"]>[0];
type Expression = NodeOf<"ImportExpression">["source"] | NodeOf<"PropertyDefinition">["key"];

interface Thing {
  readonly owners: RegExp;
  /** What to use instead, said to the person who broke the rule. */
  readonly instead: string;
}

/** What reaches outside the program, the files that own it, and what everybody else uses. */
const OUTSIDE = {
  "process.env": { owners: /^src\/config\/environment\.ts$/, instead: "take a setting as an argument" },
  clock: { owners: /^src\/kit\/clock\.ts$/, instead: "take a Clock as an argument" },
  chance: { owners: /^src\/kit\/random\.ts$/, instead: "take a Random as an argument" },
  network: { owners: /^src\/adapters\//, instead: "ask a port" },
  children: { owners: /^src\/adapters\//, instead: "ask a port" },
  terminal: { owners: /^src\/cli\/output\.ts$/, instead: "return what there is to say, or take an Output" },
} as const satisfies Record<string, Thing>;
type OutsideName = keyof typeof OUTSIDE;

/** `global.member`, or a global alone, to what it reaches. */
const GLOBALS: Readonly<Record<string, OutsideName>> = {
  "process.env": "process.env",
  "process.stdout": "terminal",
  "process.stderr": "terminal",
  console: "terminal",
  "Date.now": "clock",
  "performance.now": "clock",
  "Math.random": "chance",
  fetch: "network",
  WebSocket: "network",
  EventSource: "network",
};

const MODULES: Readonly<Record<string, OutsideName>> = {
  "node:child_process": "children",
  child_process: "children",
  "node:process": "process.env",
  process: "process.env",
};

/** Tests, tools and the page may reach outside; `bin/` is not linted. */
const EXEMPT = /^(test|tools|web)\/|\.test\.ts$|^vitest\.config\.ts$/;

/** Environment, time, chance, network, children and terminal belong to one room each; the rest gets them as arguments. */
export const outside: LintRule = {
  meta: { type: "problem", docs: { description: "What reaches outside stays in the room that owns it" } },
  create(context) {
    const path = context.filename.slice(context.cwd.length + 1);
    if (EXEMPT.test(path)) return {};
    const globals = new Set<Node>();
    const isGlobal = (node: Node): boolean => globals.has(node);
    const report = (node: Node, name: OutsideName, word: string): void => {
      const { owners, instead } = OUTSIDE[name];
      if (!owners.test(path)) context.report({ node, message: `${word} belongs to ${owners.source}: ${instead}.` });
    };
    const use = (node: Node, word: string | null): void => {
      const name = word === null ? undefined : GLOBALS[word];
      if (word !== null && name !== undefined) report(node, name, word);
    };
    const load = (node: Node, source: Expression | null): void => {
      const word = source?.type === "Literal" ? String(source.value) : "";
      const name = MODULES[word];
      if (name !== undefined) report(node, name, word);
    };
    const clock = (node: Node, callee: Expression, count: number): void => {
      if (count === 0 && dotted(callee, isGlobal) === "Date") report(node, "clock", "Date without arguments");
    };
    return {
      Program() {
        for (const node of globalReferences(context)) globals.add(node);
      },
      Identifier: (node) => use(node, isGlobal(node) ? node.name : null),
      MemberExpression: (node) => use(node, dotted(node, isGlobal)),
      VariableDeclarator(node) {
        if (node.id.type !== "ObjectPattern" || node.init === null) return;
        for (const member of node.id.properties) {
          if (member.type === "Property")
            use(member, join(dotted(node.init, isGlobal), nameOf(member.key, member.computed)));
        }
      },
      NewExpression: (node) => clock(node, node.callee, node.arguments.length),
      CallExpression: (node) => clock(node, node.callee, node.arguments.length),
      ImportDeclaration: (node) => load(node, node.importKind === "type" ? null : node.source),
      ExportNamedDeclaration: (node) => load(node, node.exportKind === "type" ? null : node.source),
      ExportAllDeclaration: (node) => load(node, node.source),
      ImportExpression: (node) => load(node, node.source),
    };
  },
};

/** Every name in a file that nothing in the file declares, types left out: they reach nothing. */
function globalReferences({ sourceCode }: Context): readonly Node[] {
  const scope = sourceCode.scopeManager.globalScope;
  const builtin = scope?.variables.filter((variable) => variable.defs.length === 0) ?? [];
  const references = [...(scope?.through ?? []), ...builtin.flatMap((variable) => variable.references)];
  return references.map((reference) => reference.identifier).filter((node) => node.parent.type !== "TSTypeQuery");
}

/** `process.env` for `process.env`, `process["env"]` and `globalThis.process.env`; `null` for anything else. */
function dotted(node: Expression, isGlobal: (node: Node) => boolean): string | null {
  if (node.type === "Identifier") return isGlobal(node) ? node.name : null;
  if (node.type !== "MemberExpression") return null;
  const name = nameOf(node.property, node.computed);
  return node.object.type === "Identifier" && node.object.name === "globalThis"
    ? name
    : join(dotted(node.object, isGlobal), name);
}

function nameOf(key: Expression, computed: boolean): string | null {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : null;
}

function join(object: string | null, member: string | null): string | null {
  return object === null || member === null ? null : `${object}.${member}`;
}
