import { join } from "node:path";
import { fail, ok } from "../kit/result.ts";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { readConfigFile } from "./config-file.ts";
import type { Entry } from "./config-file.ts";
import type { FileKind, Folders } from "./option.ts";
import { OPTION_NAMES, OPTIONS } from "./options.ts";
import type { OptionName, PlainName, Secrets, Settings } from "./options.ts";
import { secretValue } from "./secret-value.ts";

/** What the command line was given, by setting; absent and `undefined` are the same. */
export type Flags = { readonly [Name in PlainName]?: Settings[Name] | string | undefined };

/** Variables of a process, as given. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigSources {
  readonly flags: Flags;
  readonly env: Environment;
  /** Absolute. */
  readonly cwd: string;
  /** The person's home folder, absolute. */
  readonly userHome: string;
  /** The text of a file, `null` when there is none. */
  readFile(path: string): Promise<Result<string | null, Failure>>;
}

/** Where a value came from; `at` is `file:line:column`. */
export type Origin =
  | { readonly kind: "flag" | "environment"; readonly name: string }
  | { readonly kind: "file"; readonly file: FileKind; readonly at: string }
  | { readonly kind: "default" };

export type Origins = Readonly<Record<OptionName, Origin>>;

export interface LoadedConfig {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly origins: Origins;
}

interface Resolved {
  readonly value: unknown;
  readonly origin: Origin;
}

interface Given {
  readonly sources: ConfigSources;
  /** Settings of files, those that win first. */
  readonly files: readonly { readonly kind: FileKind; readonly entries: readonly Entry[] }[];
  readonly folders: Folders;
}

/**
 * Settings by precedence: flag, environment, project file, user file, default. An empty variable counts as absent.
 * Files are checked whole, also where something stronger wins, so that a mistake in them never sleeps.
 */
export async function loadConfig(sources: ConfigSources): Promise<Result<LoadedConfig, Failure>> {
  const folders = { userHome: sources.userHome, home: join(sources.userHome, ".codex-loop") };
  const found = resolveOption("home", { sources, files: [], folders });
  if (!found.ok) return found;
  const home = String(found.value.value);
  const project = await readFile(sources, "project", join(sources.cwd, "codex-loop.yaml"));
  if (!project.ok) return project;
  const user = await readFile(sources, "user", join(home, "config.yaml"));
  if (!user.ok) return user;
  const files = [
    { kind: "project" as const, entries: project.value },
    { kind: "user" as const, entries: user.value },
  ];
  return resolveAll({ sources, files, folders: { ...folders, home } });
}

async function readFile(
  sources: ConfigSources,
  kind: FileKind,
  path: string,
): Promise<Result<readonly Entry[], Failure>> {
  const read = await sources.readFile(path);
  if (!read.ok) return read;
  return read.value === null ? ok([]) : readConfigFile({ kind, path, text: read.value, userHome: sources.userHome });
}

function resolveAll(given: Given): Result<LoadedConfig, Failure> {
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const name of OPTION_NAMES) {
    const resolved = resolveOption(name, given);
    if (!resolved.ok) return resolved;
    const { value, origin } = resolved.value;
    origins[name] = origin;
    if (OPTIONS[name].kind === "option") settings[name] = value;
    else secrets[name] = typeof value === "string" ? secretValue(value) : null;
  }
  if (!areSettings(settings) || !areSecrets(secrets) || !areOrigins(origins)) {
    throw new Error("the table of options and what was loaded from it differ");
  }
  return ok({ settings: Object.freeze(settings), secrets: Object.freeze(secrets), origins: Object.freeze(origins) });
}

/** A loop over the table loses the type of each option; each value was made by the type of its own option. */
function areSettings(values: object): values is Settings {
  return holdsAll(values, "option");
}

function areSecrets(values: object): values is Secrets {
  return holdsAll(values, "secret");
}

function holdsAll(values: object, kind: "option" | "secret"): boolean {
  const names = OPTION_NAMES.filter((name) => OPTIONS[name].kind === kind);
  return Object.keys(values).length === names.length && names.every((name) => Object.hasOwn(values, name));
}

function areOrigins(origins: Readonly<Record<string, Origin>>): origins is Origins {
  return OPTION_NAMES.every((name) => Object.hasOwn(origins, name));
}

function resolveOption(name: OptionName, { sources, files, folders }: Given): Result<Resolved, Failure> {
  const option = OPTIONS[name];
  const said = saidByCaller(name, sources);
  if (said !== null) {
    const value = option.type.read(said.input, { directory: sources.cwd, userHome: sources.userHome });
    return value === undefined
      ? fail(wrongType(name, said.origin.name, said.origin.kind))
      : ok({ value, origin: said.origin });
  }
  for (const { kind, entries } of files) {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry !== undefined) return ok({ value: entry.value, origin: { kind: "file", file: kind, at: entry.at } });
  }
  return ok({ value: option.kind === "option" ? option.fallback(folders) : null, origin: { kind: "default" } });
}

function saidByCaller(
  name: OptionName,
  { flags, env }: ConfigSources,
): { input: unknown; origin: { kind: "flag" | "environment"; name: string } } | null {
  const option = OPTIONS[name];
  const flag = option.kind === "option" ? new Map<string, unknown>(Object.entries(flags)).get(name) : undefined;
  if (option.kind === "option" && flag !== undefined)
    return { input: flag, origin: { kind: "flag", name: `--${option.flag ?? name}` } };
  const variable = option.env.find((candidate) => (env[candidate] ?? "").trim() !== "");
  return variable === undefined ? null : { input: env[variable], origin: { kind: "environment", name: variable } };
}

function wrongType(name: OptionName, given: string, kind: "flag" | "environment"): Failure {
  const { expected } = OPTIONS[name].type;
  return {
    code: kind === "flag" ? "usage" : "config_invalid",
    message: `${given} has a value of the wrong kind.`,
    cause: `${name} expects ${expected}.`,
    hint:
      kind === "flag"
        ? `Do this: give ${given} ${expected}.`
        : `Do this: correct ${given} in the environment, or unset it.`,
    retry: "never",
  };
}
