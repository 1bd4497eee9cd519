import { isAbsolute, join, resolve } from "node:path";
import { microDollarsOf, type MicroDollars } from "../model/money.ts";

/** Where relative and `~` paths in a value start. */
export interface PathBase {
  /** The folder of the file the value stands in; the working directory for flags and the environment. */
  readonly directory: string;
  readonly userHome: string;
}

/**
 * How a value is written and read, wherever it comes from: YAML hands over any value, flags and the environment
 * hand over text. Written by hand because loading a schema library costs every command 50 ms at its start.
 */
export interface ValueType<T> {
  /** Completes "expected …": `a whole number from 0 to 65535`. */
  readonly expected: string;
  /** The value, or `undefined` when the input is not of this type. */
  read(input: unknown, base: PathBase): T | undefined;
}

/** Text with something in it; spaces around it do not count. */
export function text(expected = "a text"): ValueType<string> {
  return { expected, read: (input) => textIn(input) };
}

/** A file or folder, made absolute. */
export function path(expected: string): ValueType<string> {
  return {
    expected,
    read: (input, base) => {
      const written = textIn(input);
      return written === undefined ? undefined : absolute(written, base);
    },
  };
}

/** A command's name, to be found on `PATH`, or the path of one, made absolute. */
export function program(): ValueType<string> {
  return {
    expected: "a command name or a path",
    read: (input, base) => {
      const written = textIn(input);
      return written !== undefined && /[/\\]/.test(written) ? absolute(written, base) : written;
    },
  };
}

/** A whole number from `low` to `high`, both allowed. */
export function wholeNumber(low: number, high: number): ValueType<number> {
  return {
    expected: `a whole number from ${low} to ${high}`,
    read: (input) => {
      const number = typeof input === "string" && /^\d+$/.test(input.trim()) ? Number(input) : input;
      return typeof number === "number" && Number.isInteger(number) && number >= low && number <= high
        ? number
        : undefined;
    },
  };
}

/** An amount of US dollars as people write it, at most a million, in millionths. */
export function dollars(): ValueType<MicroDollars> {
  return {
    expected: "an amount of US dollars from 0 to 1000000",
    read: (input) => {
      const amount = typeof input === "string" && /^\d+(\.\d{1,6})?$/.test(input.trim()) ? Number(input) : input;
      const isAmount = typeof amount === "number" && amount >= 0 && amount <= 1_000_000;
      return isAmount ? microDollarsOf(amount * 1_000_000) : undefined;
    },
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): ValueType<Word> {
  return { expected: words.join(" or "), read: (input) => words.find((word) => word === textIn(input)) };
}

/** An address without user name and password: those are secrets, and settings never hold one. */
export function url(): ValueType<string> {
  return {
    expected: "an http or https address without user name and password",
    read: (input) => {
      const written = textIn(input);
      const parsed = written === undefined ? null : URL.parse(written);
      const isPlain = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username + parsed.password === "";
      return isPlain ? written?.replace(/\/+$/, "") : undefined;
    },
  };
}

/** A list in YAML, or text with commas; every item must be of the type. */
export function listOf<T>(item: ValueType<T>, expected: string): ValueType<readonly T[]> {
  return {
    expected,
    read: (input, base) => {
      const parts: readonly unknown[] | undefined = Array.isArray(input) ? input : textIn(input)?.split(",");
      const items = parts?.map((part) => item.read(part, base)).filter((value) => value !== undefined);
      return items !== undefined && items.length === parts?.length ? items : undefined;
    },
  };
}

/** `host:port`. */
export function hostAndPort(): ValueType<string> {
  return {
    expected: "host:port",
    read: (input) => {
      const written = textIn(input);
      return written !== undefined && /^[\w.-]+:\d{1,5}$/.test(written) ? written : undefined;
    },
  };
}

function textIn(input: unknown): string | undefined {
  const trimmed = typeof input === "string" ? input.trim() : "";
  return trimmed === "" ? undefined : trimmed;
}

function absolute(written: string, base: PathBase): string {
  if (written === "~" || written.startsWith("~/")) return join(base.userHome, written.slice(1));
  return isAbsolute(written) ? written : resolve(base.directory, written);
}
