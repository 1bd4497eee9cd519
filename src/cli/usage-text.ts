/** What is said about a command line that fits no command: each mistake as one line of JSON, read back by `usageFailure`. */
import {
  type ApplicationText,
  type ArgumentParseError,
  ArgumentScannerError,
  type EnumValidationError,
  type FlagNotFoundError,
  formatMessageForArgumentScannerError,
  text_en,
  type UnsatisfiedFlagError,
} from "@stricli/core";
import { parseJson, stringAt } from "../kit/json.ts";
import { counted, nearest } from "../kit/text.ts";
import type { Failure } from "../model/failure.ts";
import { GLOBAL_OPTIONS } from "./globals.ts";

interface Mistake {
  readonly message: string;
  readonly cause: string;
  readonly hint: string;
  /** An option that lacks its value, or is lacking itself. */
  readonly option?: string;
}

const LIST_COMMANDS = "Do this: codex-loop --help lists the commands.";
const SHOW_HELP = "Do this: the command with --help says what it takes.";

export const usageText: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    line({
      message: `There is no command ${input}.`,
      cause: "No command has that name.",
      hint: corrections.length === 0 ? LIST_COMMANDS : didYouMean(corrections),
    }),
  exceptionWhileParsingArguments: (error) => {
    if (!(error instanceof ArgumentScannerError)) {
      return line({ message: "The command line could not be read.", cause: String(error), hint: SHOW_HELP });
    }
    return formatMessageForArgumentScannerError(error, {
      FlagNotFoundError: (unknown) => line(unknownOption(unknown)),
      EnumValidationError: (wrong) => line(wrongWord(wrong)),
      ArgumentParseError: (wrong) => line(wrongValue(wrong)),
      UnexpectedFlagError: ({ externalFlagName: name, previousInput, input }) =>
        line({
          message: `--${name} was given twice.`,
          cause: `First ${previousInput}, then ${input}.`,
          hint: SHOW_HELP,
        }),
      UnexpectedPositionalError: ({ input, expectedCount }) =>
        line({
          message: `"${input}" is one word too many.`,
          cause: `The command takes ${counted(expectedCount, "word")}.`,
          hint: SHOW_HELP,
        }),
      UnsatisfiedFlagError: (missing) => line(withoutValue(missing)),
      UnsatisfiedPositionalError: ({ placeholder }) =>
        line({ message: `${placeholder} is missing.`, cause: "The command cannot do without.", hint: SHOW_HELP }),
    });
  },
};

/**
 * The first mistake of what the framework wrote about a command line; `null` when it wrote of something else. `words`: the
 * line, because the framework makes one mistake of an option without its value and of one that was not given at all.
 */
export function usageFailure(written: string, words: readonly string[]): Failure | null {
  const said = written.split("\n").map((text) => parseJson(text));
  const [first] = said;
  const [message, cause, hint] = [stringAt(first, "message"), stringAt(first, "cause"), stringAt(first, "hint")];
  if (message === null || cause === null || hint === null) return null;
  const options = said.flatMap((mistake) => stringAt(mistake, "option") ?? []);
  const absent = options.filter((name) => !words.some((word) => word === name || word.startsWith(`${name}=`)));
  const isAbsent = absent.includes(stringAt(first, "option") ?? "");
  return { code: "usage", ...(isAbsent ? notGiven(absent, words) : { message, cause, hint }), retry: "never" };
}

function notGiven(options: readonly string[], words: readonly string[]): Mistake {
  const first = words.findIndex((word) => word.startsWith("-"));
  const command = ["codex-loop", ...words.slice(0, first === -1 ? words.length : first)].join(" ");
  return {
    message: `${options.join(" and ")} ${options.length === 1 ? "was" : "were"} not given.`,
    cause: `The command cannot do without ${options.length === 1 ? "it" : "them"}.`,
    hint: `Do this: add ${options.map((name) => `${name} VALUE`).join(" ")}; ${command} --help shows what it takes.`,
  };
}

function line(mistake: Mistake): string {
  return JSON.stringify(mistake);
}

function unknownOption({ input, corrections }: FlagNotFoundError): Mistake {
  const common = nearest(
    `--${input}`,
    GLOBAL_OPTIONS.map(({ name }) => name),
  );
  const close = [...(common === null ? [] : [common]), ...corrections.map((name) => `--${name}`)];
  const hint = close.length === 0 ? SHOW_HELP : didYouMean(close);
  return { message: `There is no option --${input}.`, cause: "The command takes no option of that name.", hint };
}

function withoutValue({ externalFlagName: name, nextFlagName: next }: UnsatisfiedFlagError): Mistake {
  const follows = next === undefined ? "Nothing follows it" : `--${next} follows it`;
  return {
    message: `--${name} is missing its value.`,
    cause: `${follows}, and it needs a value.`,
    hint: SHOW_HELP,
    option: `--${name}`,
  };
}

function wrongWord({ externalFlagName: name, input, values }: EnumValidationError): Mistake {
  const hint = `Do this: give one of ${values.join(", ")}.`;
  return { message: `--${name} cannot be ${input}.`, cause: `It is not one of the words that --${name} takes.`, hint };
}

function wrongValue({ externalFlagNameOrPlaceholder: name, input, exception }: ArgumentParseError): Mistake {
  // Placeholders are spelled in capitals.
  const shown = name.toUpperCase() === name ? name : `--${name}`;
  const cause = exception instanceof Error ? exception.message : String(exception);
  return { message: `${shown} cannot be ${input === "" ? "empty" : input}.`, cause: ended(cause), hint: SHOW_HELP };
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

function didYouMean(words: readonly string[]): string {
  return `Do this: check the spelling. Did you mean ${choice(words)}?`;
}

function choice(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
