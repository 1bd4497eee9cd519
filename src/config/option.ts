import type { SecretValue } from "./secret-value.ts";
import type { ValueType } from "./value-type.ts";
import { text } from "./value-type.ts";

/** The folders that defaults are built from, all absolute. */
export interface Folders {
  readonly userHome: string;
  readonly home: string;
}

/** `project`: `codex-loop.yaml` in the working directory · `user`: `config.yaml` in the home of Codex Loop. */
export type FileKind = "project" | "user";

interface Described {
  /** The heading it stands under in the reference. */
  readonly section: string;
  /** One sentence. */
  readonly description: string;
  /** Variables that set it; the first one that is not empty wins. */
  readonly env: readonly string[];
  /**
   * The files that may set it. A project file arrives with a clone, so it may not choose where keys and data are
   * sent (upstream, code host, broker, cluster, listening address), what is run, or what is read and stored.
   */
  readonly files: readonly FileKind[];
}

/** A setting that may be printed. */
export interface Option<T> extends Described {
  readonly kind: "option";
  readonly type: ValueType<T>;
  readonly fallback: (folders: Folders) => T;
  /** The default as people read it. */
  readonly shown: string;
  /** Its flag without dashes, `codex-home`, or `null`. */
  readonly flag: string | null;
}

/** A setting that is never printed, has no default, and never arrives by flag or project file. */
export interface SecretOption extends Described {
  readonly kind: "secret";
  readonly type: ValueType<string>;
}

interface OptionDetails<T> extends Omit<Described, "env"> {
  readonly type: ValueType<T>;
  /** The default as people read it, where its value does not say it. */
  readonly shown?: string;
  readonly env?: readonly string[];
  readonly flag?: string;
}

/** A setting that always has a value. */
export function option<T extends OptionValue>(
  details: OptionDetails<T> & { readonly default: NoInfer<T> | ((folders: Folders) => NoInfer<T>) },
): Option<T> {
  const { default: given, shown, env = [], flag = null, ...rest } = details;
  const fallback = typeof given === "function" ? given : (): T => given;
  return { kind: "option", ...rest, env, flag, fallback, shown: shown ?? shownValue(given) };
}

/** A computed default depends on the machine, so its option says in words what it is. */
function shownValue(given: unknown): string {
  if (typeof given === "string") return given;
  return typeof given === "function" ? "computed" : JSON.stringify(given);
}

/** A setting that is `null` until somebody sets it. */
export function optional<T extends OptionValue>(details: OptionDetails<T>): Option<T | null> {
  const { shown = "none", env = [], flag = null, ...rest } = details;
  return { kind: "option", ...rest, env, flag, fallback: () => null, shown };
}

export function secret(details: Omit<Described, "files">): SecretOption {
  return { kind: "secret", type: text(), files: ["user"], ...details };
}

/** What a setting can be: plain data that serialises as it stands, so never a function and never a `SecretValue`. */
export type OptionValue =
  | string
  | number
  | boolean
  | null
  | readonly OptionValue[]
  | { readonly [key: string]: OptionValue };

/** The names of a table that belong to plain options, by type: a secret's name is not among them. */
export type PlainNames<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly kind: "option" } ? Name : never;
}[keyof Table];

export type SecretNames<Table> = Exclude<keyof Table, PlainNames<Table>>;

/** The values of a table's plain options: what everything below the command line is given. */
export type PlainValues<Table> = {
  readonly [Name in PlainNames<Table>]: Table[Name] extends { readonly fallback: (folders: Folders) => infer T }
    ? T
    : never;
};

export type SecretValues<Table> = { readonly [Name in SecretNames<Table>]: SecretValue | null };
