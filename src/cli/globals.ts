/** Options that every command takes, wherever they stand on the line (up to a `--`). */
export interface Globals {
  /** `false`: for people · `true`: the whole document · a list: only these fields of it. */
  readonly json: boolean | readonly string[];
  readonly store: string | null;
  readonly quiet: boolean;
  readonly debug: boolean;
  /** `null`: decide by the terminal and the environment. */
  readonly color: boolean | null;
}

export interface SplitArguments {
  readonly globals: Globals;
  readonly rest: readonly string[];
  /** A global option without its value. */
  readonly missingValue: string | null;
}

export interface GlobalOption {
  readonly name: string;
  /** As it is written on a line, with its value. */
  readonly usage: string;
  readonly meaning: string;
}

export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  { name: "--json", usage: "--json[=FIELDS]", meaning: "one JSON document on stdout, also for errors" },
  { name: "--store", usage: "--store PATH", meaning: "the store to use; default $CODEX_LOOP_HOME/store.db" },
  { name: "--db", usage: "--db PATH", meaning: "the same as --store" },
  { name: "--quiet", usage: "--quiet", meaning: "no progress on stderr" },
  { name: "--color", usage: "--color", meaning: "colours even in a pipe, as with FORCE_COLOR" },
  { name: "--no-color", usage: "--no-color", meaning: "no colours, as with NO_COLOR" },
  { name: "--debug", usage: "--debug", meaning: "show the stack of an unexpected error" },
  { name: "--help", usage: "--help, -h", meaning: "what a command does, with examples" },
];

export function splitGlobals(argv: readonly string[]): SplitArguments {
  const globals: { -readonly [Key in keyof Globals]: Globals[Key] } = {
    json: false,
    store: null,
    quiet: false,
    debug: false,
    color: null,
  };
  const rest: string[] = [];
  let missingValue: string | null = null;
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (word === "--") {
      rest.push(...argv.slice(index));
      break;
    }
    const [name = "", inline] = splitOnce(word, "=");
    if (name === "--json")
      globals.json = inline === undefined ? true : inline.split(",").filter((field) => field !== "");
    else if (word === "--quiet") globals.quiet = true;
    else if (word === "--debug") globals.debug = true;
    else if (word === "--no-color") globals.color = false;
    else if (word === "--color") globals.color = true;
    else if (name === "--store" || name === "--db") {
      const value = inline ?? argv[index + 1] ?? "";
      if (value === "" || (inline === undefined && value.startsWith("--"))) missingValue = name;
      else globals.store = value;
      if (inline === undefined && missingValue === null) index += 1;
    } else rest.push(word);
  }
  return { globals, rest, missingValue };
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
