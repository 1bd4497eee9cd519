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

interface Step {
  readonly from: string;
  /** A path of the tree, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** `rule: file -> target` for every import that breaks a rule; empty when the house stands. Tests are not part of it. */
export function architectureViolations(tree: SourceTree): readonly string[] {
  const found: string[] = [];
  const steps: Step[] = [];
  for (const [from, text] of tree) {
    if (/\.test\.tsx?$/.test(from)) continue;
    if (from.startsWith("src/") && roomOf(from) === null) found.push(say("room", from));
    for (const item of importsOf(from, text)) {
      const step = stepOf(from, item);
      if (step === null) found.push(say("computed", from));
      else steps.push(step);
    }
  }
  for (const step of steps) {
    const rule = brokenRule(step);
    if (rule !== null) found.push(say(rule, step.from, step.to));
  }
  return [...found, ...circles(steps).map((path) => `circle: ${path.join(" -> ")}`)].toSorted();
}

function say(rule: RuleName, ...path: readonly string[]): string {
  return `${rule}: ${path.join(" -> ")}`;
}

function stepOf(from: string, { specifier, typeOnly }: Import): Step | null {
  if (specifier === null) return null;
  const isRelative = specifier.startsWith(".");
  return { from, to: isRelative ? posix.join(posix.dirname(from), specifier) : specifier, typeOnly };
}

/** The first rule a step breaks, from the most particular to the most general. */
function brokenRule({ from, to, typeOnly }: Step): RuleName | null {
  if (from.startsWith("web/")) {
    const isShape = /^src\/(views\/shapes|model)\//.test(to);
    return to.startsWith("src/") && !(isShape && typeOnly) ? "web" : null;
  }
  const own = roomOf(from);
  if (own === null) return null;
  if (DRIVERS.test(to)) return own.name.startsWith("adapters/") ? null : "driver";
  const other = roomOf(to);
  if (other === null) return isFile(to) && !to.startsWith("src/") ? "src" : null;
  if (from.startsWith("src/views/shapes/") && !/^src\/(views\/shapes|model)\//.test(to)) return "shapes";
  if (other.name === own.name) return null;
  if (other.name.startsWith("adapters/") && own.name !== "world") return "adapters";
  return other.floor < own.floor ? null : "floor";
}

function isFile(target: string): boolean {
  return /\.(ts|tsx|js|json)$/.test(target) || target.startsWith("..");
}

/** Each circle once, from its alphabetically first file back to it; type imports count. */
function circles(steps: readonly Step[]): readonly (readonly string[])[] {
  const targets = Map.groupBy(steps, (step) => step.from);
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
