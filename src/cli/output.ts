/** The only place that prints. stdout carries the answer, stderr everything else. */
import { styleText } from "node:util";
import type { Failure } from "../model/failure.ts";
import { FAILURE_EXITS } from "../model/failure.ts";
import type { FailureBody } from "../views/shapes/failure.ts";
import type { Globals } from "./globals.ts";

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export interface OutputOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly globals: Globals;
  /** `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLUMNS` as the environment has them. */
  readonly environment: { readonly [name: string]: string | undefined };
}

export class Output {
  readonly #options: OutputOptions;
  /** True when a person at a terminal reads stdout. */
  readonly isTerminal: boolean;
  readonly #colored: boolean;
  readonly #coloredErrors: boolean;

  constructor(options: OutputOptions) {
    this.#options = options;
    this.isTerminal = options.stdout.isTTY === true;
    this.#colored = wantsColor(options, options.stdout);
    this.#coloredErrors = wantsColor(options, options.stderr);
  }

  get json(): boolean {
    return this.#options.globals.json !== false;
  }

  get quiet(): boolean {
    return this.#options.globals.quiet;
  }

  /** Width people's tables may take; unlimited where nobody watches, so that nothing is cut in a pipe. */
  get columns(): number {
    const asked = Number(this.#options.environment["COLUMNS"]);
    if (Number.isInteger(asked) && asked > 0) return asked;
    return this.isTerminal ? (this.#options.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
  }

  /** Prints the answer: the document with `--json`, else the text made for people. */
  answer(document: unknown, text: () => string): void {
    const { globals, stdout } = this.#options;
    if (globals.json === false) stdout.write(ended(text()));
    else stdout.write(`${JSON.stringify(Array.isArray(globals.json) ? pick(document, globals.json) : document)}\n`);
  }

  /** A line for the person watching; never part of the answer. */
  note(text: string): void {
    if (!this.quiet) this.#options.stderr.write(ended(text));
  }

  /**
   * Says what failed in three lines (what, why, do this), or as JSON on stdout; of several mistakes in a file each has a
   * line with what to do. Returns the exit code.
   */
  fail(failure: Failure): number {
    const { message, hint } = failure;
    if (this.json) this.#options.stdout.write(`${JSON.stringify(failureBody(failure))}\n`);
    else this.#options.stderr.write(`${this.#red(message)}\n${causeOf(failure)}\n${hint}\n`);
    return FAILURE_EXITS[failure.code];
  }

  style(style: Style, text: string): string {
    return this.#colored ? styleText(style, text, { validateStream: false }) : text;
  }

  #red(text: string): string {
    return this.#coloredErrors ? styleText("red", text, { validateStream: false }) : text;
  }
}

export function failureBody(failure: Failure): FailureBody {
  const { code, message, cause, hint, retry, problems } = failure;
  return { error: { code, message, cause, hint, retry, ...(problems === undefined ? {} : { problems }) } };
}

function causeOf({ cause, problems = [] }: Failure): string {
  const others = problems.slice(1).map(({ at, message, hint }) => `${at}: ${message} Do this: ${hint}`);
  return others.length === 0 ? cause : `It is not the only mistake:\n${others.join("\n")}`;
}

/** NO_COLOR wins over everything but an explicit `--color`; a pipe or a dumb terminal gets none unless forced. */
function wantsColor({ globals, environment }: OutputOptions, stream: Stream): boolean {
  if (globals.color !== null) return globals.color;
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && environment["TERM"] !== "dumb";
}

function pick(document: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(document)) return document.map((item) => pick(item, fields));
  if (typeof document !== "object" || document === null) return document;
  return Object.fromEntries(Object.entries(document).filter(([name]) => fields.includes(name)));
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
