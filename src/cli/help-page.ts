/** `--help`: what the command is for, examples, then its parts; never wider than 80 columns where the words are ours. */
import type { Command, RouteMap } from "@stricli/core";
import type { Context } from "./context.ts";

const WIDTH = 80;
const GLOBALS = "Every command takes --json, --store PATH, --quiet, --no-color and --debug: codex-loop help options";

export type Target = Command<Context> | RouteMap<Context>;

/** `prefix` is the command line that leads to the target, the program's name first. */
export function helpPage(target: Target, prefix: readonly string[]): string {
  const name = prefix.join(" ");
  const blocks = "getAllEntries" in target ? mapBlocks(target) : commandBlocks(target, name);
  const examples = section("EXAMPLES", (target.fullDescription ?? "").split("\n").filter(Boolean));
  return `${[wrapped(target.brief, 0), examples, ...blocks, wrapped(GLOBALS, 0)].filter(Boolean).join("\n\n")}\n`;
}

function mapBlocks(routes: RouteMap<Context>): readonly string[] {
  const shown = routes.getAllEntries().filter((entry) => !entry.hidden);
  return [section("COMMANDS", rows(shown.map(({ name, target }) => [name["convert-camel-to-kebab"], target.brief])))];
}

function commandBlocks({ parameters }: Command<Context>, name: string): readonly string[] {
  const flags = Object.entries(parameters.flags ?? {}).filter(([, flag]) => !("hidden" in flag && flag.hidden));
  const { positional } = parameters;
  const words =
    positional === undefined ? [] : positional.kind === "array" ? [positional.parameter] : positional.parameters;
  const many = positional?.kind === "array" ? "…" : "";
  const needed = positional?.kind === "array" ? (positional.minimum ?? 0) > 0 : true;
  const places = words.map(({ placeholder = "WORD" }) =>
    needed ? `${placeholder}${many}` : `[${placeholder}${many}]`,
  );
  const optional = flags.length === 0 ? [] : ["[OPTIONS]"];
  return [
    section("USAGE", [[name, ...optional, ...places].join(" ")]),
    section("ARGUMENTS", rows(words.map((word) => [`${word.placeholder ?? "WORD"}${many}`, word.brief]))),
    section("OPTIONS", rows(flags.map(([key, flag]) => [optionName(key, flag), optionBrief(flag)]))),
  ];
}

type Flag = NonNullable<Command<Context>["parameters"]["flags"]>[string];

function optionName(key: string, flag: Flag): string {
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (flag.kind === "boolean") return flag.default === true ? `--no-${name}` : `--${name}`;
  return `--${name} ${flag.placeholder ?? "VALUE"}`;
}

function optionBrief(flag: Flag): string {
  const values = flag.kind === "enum" ? `: ${flag.values.join(", ")}` : "";
  const standard = flag.kind === "enum" && typeof flag.default === "string" ? `; default ${flag.default}` : "";
  const required = flag.kind === "parsed" && flag.optional !== true ? " (required)" : "";
  return `${flag.brief}${values}${standard}${required}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Two columns; the second is wrapped within itself. */
function rows(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length)) + 2;
  return pairs.map(([name, brief]) => `${name.padEnd(width)}${wrapped(brief, width + 2)}`);
}

/** Breaks between words so that no line passes the width; lines after the first begin `indent` columns in. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
