import { OPTION_NAMES, OPTIONS } from "./options.ts";
import type { OptionName } from "./options.ts";

/** A generated page: its path from the root of the repository, and its whole text. */
export interface ReferencePage {
  readonly path: string;
  readonly text: string;
}

const INTRODUCTION = `# Settings

A setting is taken from the first of these that has it: its flag, its environment variables in the order given, the project file, the user file, its default.
An empty variable counts as absent. A key that is not listed here is an error.

- The **project file** is \`codex-loop.yaml\` in the working directory. It arrives with a clone, so it may not choose where keys and data go, what is run or what is stored.
- The **user file** is \`config.yaml\` in \`home\`. Relative paths in a file start at that file's folder.
- A dotted name may be nested: \`github: {url: …}\` is \`github.url\`.
- **Secrets** never arrive by flag and are never printed.

\`codex-loop config show --origin\` prints every value and where it came from.
`;

/** The pages that this room writes into \`docs/reference\`. */
export function configPages(): readonly ReferencePage[] {
  return [{ path: "docs/reference/config.md", text: configReference() }];
}

/** Markdown with every setting, by section, in the order of the table. */
function configReference(): string {
  const sections = Map.groupBy(OPTION_NAMES, (name) => OPTIONS[name].section);
  const parts = [...sections].map(([section, names]) => `## ${section}\n\n${names.map(entry).join("\n")}`);
  return `${INTRODUCTION}\n${parts.join("\n")}`;
}

function entry(name: OptionName): string {
  const option = OPTIONS[name];
  const flag = option.kind === "option" ? option.flag : null;
  const ways = [
    ...(flag === null ? [] : [`\`--${flag}\``]),
    ...option.env.map((variable) => `\`${variable}\``),
    ...(option.files.includes("project") ? ["project file"] : []),
    ...(option.files.includes("user") ? ["user file"] : []),
  ];
  return [
    `### \`${name}\``,
    "",
    option.description,
    "",
    `- set by: ${ways.join(", ")}`,
    option.kind === "secret"
      ? "- a secret: no default, shown as `set` or `not set`"
      : `- ${option.type.expected}; default: ${option.shown}`,
    "",
  ].join("\n");
}
