import { posix } from "node:path";
import { roomOf } from "./floors.ts";
import { type Import, importsOf } from "./imports.ts";
import type { SourceTree } from "./source-tree.ts";

/** Each rule by name, with what it says to the person who broke it. */
export const ARCHITECTURE_RULES = {
  room: "stands in no room of the house: add the room to tools/lint/floors.ts and docs/loop.md, or move the file",
  floor: "imports a room that is not on a lower floor",
  circle: "imports itself through others",
  driver: "imports a driver package outside adapters/",
  adapters: "imports an adapter: only world/ picks adapters",
  shapes: "is a shape the web imports: shapes import only model/",
  web: "takes more than types from views/shapes or model",
  src: "imports a file outside src/",
  computed: "computes what it imports, so nobody can check it",
} as const;
type RuleName = keyof typeof ARCHITECTURE_RULES;

/** Packages that speak to something outside. Matched as a whole name or a scope. */
const DRIVERS =
  /^(node:sqlite|pg(-.+)?|@platformatic\/kafka|kafkajs|@octokit\/.+|octokit|@kubernetes\/.+|@aws-sdk\/.+|aws4fetch|openai|discord\.js|playwright.*|@opentelemetry\/.+|@grpc\/.+|@xenova\/.+|@huggingface\/.+|onnxruntime.*)(\/|$)/;

interface Edge {
  readonly from: string;
  /** A path of the tree, or a package's name. */
  readonly to: string;
  readonly isFile: boolean;
  readonly typeOnly: boolean;
}

/** `rule: file -> target` for every import that breaks a rule; empty when the house stands. Tests are not part of it. */
export function architectureViolations(tree: SourceTree): readonly string[] {
  const found: string[] = [];
  const edges: Edge[] = [];
  for (const [from, text] of tree) {
    if (/\.test\.tsx?$/.test(from)) continue;
    if (from.startsWith("src/") && roomOf(from) === null) found.push(say("room", from));
    for (const item of importsOf(from, text)) {
      const edge = edgeOf(from, item);
      if (edge === null) found.push(say("computed", from));
      else edges.push(edge);
    }
  }
  for (const edge of edges) {
    const rule = brokenRule(edge);
    if (rule !== null) found.push(say(rule, edge.from, edge.to));
  }
  return [...found, ...circles(edges).map((path) => `circle: ${path.join(" -> ")}`)].toSorted();
}

/** What each broken rule wants, for people who meet it for the first time. */
export function explained(violations: readonly string[]): string {
  const broken = new Set(violations.map((violation) => violation.split(":", 1).join()));
  const lines = Object.entries(ARCHITECTURE_RULES).filter(([rule]) => broken.has(rule));
  return lines.map(([rule, meaning]) => `${rule}: the first file ${meaning}`).join("\n");
}

function say(rule: RuleName, ...path: readonly string[]): string {
  return `${rule}: ${path.join(" -> ")}`;
}

function edgeOf(from: string, { specifier, typeOnly }: Import): Edge | null {
  if (specifier === null) return null;
  const isFile = specifier.startsWith(".");
  return { from, to: isFile ? posix.join(posix.dirname(from), specifier) : specifier, isFile, typeOnly };
}

/** The first rule an import breaks, from the most particular to the most general. */
function brokenRule({ from, to, isFile, typeOnly }: Edge): RuleName | null {
  if (from.startsWith("web/")) {
    const isShape = /^src\/(views\/shapes|model)\//.test(to);
    return to.startsWith("src/") && !(isShape && typeOnly) ? "web" : null;
  }
  const own = roomOf(from);
  if (own === null) return null;
  if (DRIVERS.test(to)) return own.name.startsWith("adapters/") ? null : "driver";
  const other = roomOf(to);
  if (other === null) return isFile && !to.startsWith("src/") ? "src" : null;
  if (from.startsWith("src/views/shapes/") && !/^src\/(views\/shapes|model)\//.test(to)) return "shapes";
  if (other.name === own.name) return null;
  if (other.name.startsWith("adapters/") && own.name !== "world") return "adapters";
  return other.floor < own.floor ? null : "floor";
}

/** Each circle once, from its alphabetically first file back to it; type imports count. */
function circles(edges: readonly Edge[]): readonly (readonly string[])[] {
  const targets = Map.groupBy(edges, (edge) => edge.from);
  const found = new Map<string, readonly string[]>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const circle = fromFirst(path.slice(start));
      found.set(circle.join(), circle);
    }
    if (start >= 0 || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return [...found.values()];
}

function fromFirst(circle: readonly string[]): readonly string[] {
  const at = circle.indexOf(circle.toSorted()[0] ?? "");
  const turned = [...circle.slice(at), ...circle.slice(0, at)];
  return [...turned, ...turned.slice(0, 1)];
}
