/** Names for a value that stand for something else: variables, templates, placeholders, masks. */
const REFERENCE =
  /^(?:\$[A-Za-z_]+|\$\{[^}]*\}?|\$\(.*|\$env:\w+|%[A-Za-z_]+%|%[sdv]|\{\{.*|<[^>]*>?|\[[A-Za-z _-]*\]?|#\{.*|@\w+@|[*xX•.…#_-]+|\?+)$/;

/** Words of type systems, parsers and option tables that follow a secret's name without being one. */
const TYPE_WORDS: ReadonlySet<string> = new Set(
  (
    "string str text number int integer bool boolean bytes buffer object any unknown never void null nil none " +
    "undefined true false yes no on off required optional readonly hidden redacted masked missing invalid " +
    "expired empty bearer basic inherit auto disabled enabled varchar char file stdin env type value name key"
  ).split(" "),
);

const MEMBER_PATH = /^[A-Za-z_$]{1,32}[0-9]{0,2}(?:(?:\?\.|\.|::|->)[A-Za-z_$]{1,32}[0-9]{0,2})+$/;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_$]*[0-9]?$/;
/** `comment.line.double-slash`, `INVALID_TOKEN`: words joined by signs, as grammars and error codes are. */
const JOINED_WORDS = /^[A-Za-z]{1,20}(?:[-_.:/][A-Za-z]{1,20})+$/;
const PATH_START = /^(?:~|\.{1,2})?\//;
const PATH_SEGMENT = /^[A-Za-z._@-]*[0-9]{0,6}(?:\.[a-z0-9]{1,8})?$/;
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/** What a value may look like: a `password` can be any word, a `secret` in quotes too, a `token` is made by a machine. */
export type SecretFamily = "password" | "secret" | "token";

/** Where a value stood: what kind of name led to it, and in what writing. */
export interface ValueContext {
  readonly family: SecretFamily;
  readonly quoted: boolean;
  /** The sign and the value touch (`A=b`): shells, URLs and property files, where a bare word is a literal. */
  readonly tight: boolean;
  /** What follows the value: a call, a list or a statement gives away program text. */
  readonly next: string;
}

/** Whether the value after a secret's name is plausibly the secret, and not a type, a variable or a count. */
export function isSecretValue(value: string, context: ValueContext): boolean {
  if (REFERENCE.test(value) || TYPE_WORDS.has(value.toLowerCase()) || ADDRESS.test(value) || isFilePath(value))
    return false;
  return context.quoted ? isQuotedSecret(value, context) : isBareSecret(value, context);
}

function isQuotedSecret(value: string, { family }: ValueContext): boolean {
  if (family === "password") return value.length >= 4 && (!/\s/.test(value) || /[0-9]/.test(value));
  if (/\s/.test(value) || /^[0-9.,]+$/.test(value)) return false;
  if (family === "secret") return value.length >= 6;
  return (
    value.length >= 8 &&
    !JOINED_WORDS.test(value) &&
    (/[0-9]/.test(value) || value.length >= 16 || /[^A-Za-z0-9._-]/.test(value))
  );
}

function isBareSecret(value: string, context: ValueContext): boolean {
  if (looksLikeProgram(value, context)) return false;
  if (context.family === "password") return isBarePassword(value, context);
  if (value.length < 8 || /^[0-9.,:_-]+$/.test(value)) return false;
  if (context.tight && !IDENTIFIER.test(value)) return true;
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}

function isBarePassword(value: string, { tight, next }: ValueContext): boolean {
  if (value.length < 4) return false;
  const mixed = /[0-9]/.test(value) || /[^A-Za-z0-9_.:-]/.test(value);
  if (tight) return mixed || !/[,)]/.test(next);
  return mixed ? value.length >= 6 : /^(?:\s*(?:#|$)|[\r\n])/.test(next) && /^[a-z]+$/.test(value);
}

/** A call, an index, a member access or a generic: `parser.next()`, `env[...]`, `config.token`, `Array<string>`. */
function looksLikeProgram(value: string, { next, family, tight }: ValueContext): boolean {
  if (/^[([<{]/.test(next) && IDENTIFIER.test(value.replace(/[.:>?-]/g, ""))) return true;
  if (MEMBER_PATH.test(value)) return true;
  if (!IDENTIFIER.test(value)) return false;
  const literal = family === "password" && tight && !/^[,);]/.test(next);
  return !literal && (/_|[a-z][A-Z]/.test(value) || /pass|pwd|secret|token|key|cred/i.test(value));
}

/** A path of speaking names; base64 that happens to start with a slash has digits between its letters. */
function isFilePath(value: string): boolean {
  return (
    PATH_START.test(value) &&
    value
      .split("/")
      .slice(1)
      .every((segment) => PATH_SEGMENT.test(segment))
  );
}

/** Long, with letters and digits, and no words in between: what a weak name's value must be. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 && !/\s/.test(value) && /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}
