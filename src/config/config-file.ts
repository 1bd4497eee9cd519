import { dirname } from "node:path";
import type * as YamlModule from "yaml";
import { fail, ok } from "../kit/result.ts";
import type { Result } from "../kit/result.ts";
import { notTextAt } from "../kit/foreign-text.ts";
import { nearest } from "../kit/text.ts";
import type { Failure } from "../model/failure.ts";
import type { FileKind } from "./option.ts";
import { OPTION_NAMES, OPTIONS } from "./options.ts";
import type { OptionName } from "./options.ts";

export interface ConfigFile {
  readonly kind: FileKind;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly userHome: string;
}

/** One setting of a file, read by its type. */
export interface Entry {
  readonly name: OptionName;
  readonly value: unknown;
  /** `file:line:column` of its key. */
  readonly at: string;
}

interface Found {
  readonly key: string;
  readonly value: unknown;
  readonly at: string;
}

type Yaml = typeof YamlModule;

/**
 * The settings of a YAML file, or the first thing wrong with it. A dotted key and nested maps say the same:
 * `github.url: …` and `github: {url: …}`. No message quotes a value, because it may be a secret in the wrong place.
 */
export async function readConfigFile(file: ConfigFile): Promise<Result<readonly Entry[], Failure>> {
  const foreign = notTextAt(file.text);
  if (foreign !== null) return fail(notText(`${file.path}:${foreign.line}:${foreign.column}`));
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(file.text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file.path}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken !== undefined) return fail(notYaml(place(broken.pos[0]), broken.code));
  const alias = firstAlias(yaml, document);
  if (alias !== null) return fail(notYaml(place(alias), "ALIASES_ARE_NOT_TAKEN"));
  if (document.contents === null) return ok([]);
  if (!yaml.isMap(document.contents)) return fail(notYaml(place(0), "NOT_A_MAPPING"));
  return entriesOf(file, findKeys({ yaml, document, place }, document.contents, ""));
}

/** Every key that holds something other than a map, by its full name, in the order of the file. */
function findKeys(
  context: { yaml: Yaml; document: YamlModule.Document; place: (offset: number) => string },
  map: YamlModule.YAMLMap,
  prefix: string,
): readonly Found[] {
  const { yaml, document, place } = context;
  return map.items.flatMap((pair: YamlModule.Pair) => {
    const key = prefix + (yaml.isScalar(pair.key) ? String(pair.key.value) : "?");
    const inside = isOptionName(key) ? [] : yaml.isMap(pair.value) ? findKeys(context, pair.value, `${key}.`) : [];
    if (inside.length > 0) return inside;
    const value: unknown = yaml.isNode(pair.value) ? pair.value.toJS(document) : null;
    return [{ key, value, at: place((yaml.isNode(pair.key) && pair.key.range?.[0]) || 0) }];
  });
}

/** Where the first `*alias` stands: settings need none, and a few lines of them can stand for gigabytes. */
function firstAlias(yaml: Yaml, document: YamlModule.Document): number | null {
  let found: number | null = null;
  yaml.visit(document, {
    Alias: (_key, node) => {
      found = node.range?.[0] ?? 0;
      return yaml.visit.BREAK;
    },
  });
  return found;
}

function entriesOf(file: ConfigFile, found: readonly Found[]): Result<readonly Entry[], Failure> {
  const entries = new Map<OptionName, Entry>();
  for (const { key, value, at } of found) {
    if (!isOptionName(key)) return fail(unknownKey(key, at));
    const { files, type } = OPTIONS[key];
    if (!files.includes(file.kind)) return fail(forbidden(key, at, file.kind));
    const earlier = entries.get(key);
    if (earlier !== undefined) return fail(setTwice(key, at, earlier.at));
    const read = type.read(value, { directory: dirname(file.path), userHome: file.userHome });
    if (read === undefined) return fail(wrongType(key, at));
    entries.set(key, { name: key, value: read, at });
  }
  return ok([...entries.values()]);
}

function isOptionName(key: string): key is OptionName {
  return Object.hasOwn(OPTIONS, key);
}

function invalid(message: string, cause: string, hint: string): Failure {
  return { code: "config_invalid", message, cause, hint, retry: "never" };
}

function notText(at: string): Failure {
  return invalid(`${at}: this is not UTF-8 text.`, "Settings are text.", "Do this: save the file as text in UTF-8.");
}

/** The parser's own sentences quote the file, its codes do not. */
function notYaml(at: string, code: string): Failure {
  const reason = code.toLowerCase().replaceAll("_", " ");
  return invalid(
    `${at}: this is not a YAML mapping of settings.`,
    `The parser says: ${reason}.`,
    "Do this: mend that line; `key: value` pairs are expected.",
  );
}

function unknownKey(key: string, at: string): Failure {
  const guess = nearest(key, OPTION_NAMES);
  const hint =
    guess === null
      ? "Do this: codex-loop config show lists every setting."
      : `Do this: check the spelling. Did you mean ${guess}?`;
  return invalid(`${at}: ${key} is not a setting.`, "No setting has this name.", hint);
}

function forbidden(key: OptionName, at: string, kind: FileKind): Failure {
  const { files, env } = OPTIONS[key];
  const ways = [
    ...(files.includes("user") ? ["in config.yaml in the home of Codex Loop"] : []),
    ...env.map((name) => `with ${name} in the environment`),
  ];
  const cause =
    kind === "project"
      ? "A project file arrives with a clone, so it must not choose where keys and data go, what is run or what is stored."
      : "This file is found through that setting.";
  return invalid(`${at}: ${key} cannot be set in a ${kind} file.`, cause, `Do this: set it ${ways.join(" or ")}.`);
}

function setTwice(key: OptionName, at: string, earlier: string): Failure {
  return invalid(
    `${at}: ${key} is set twice.`,
    `It is set at ${earlier} already.`,
    "Do this: keep one of the two lines.",
  );
}

function wrongType(key: OptionName, at: string): Failure {
  const { expected } = OPTIONS[key].type;
  return invalid(
    `${at}: ${key} has a value of the wrong kind.`,
    `Expected ${expected}.`,
    `Do this: write \`${key}: <value>\` with ${expected}.`,
  );
}
