import type { Finding, Rule } from "./rule.ts";
import { secretNameAt, type SecretName } from "./secret-name.ts";
import { isSecretValue, looksRandom } from "./secret-value.ts";

/**
 * `name = value` in all its writings: shell, properties, YAML, JSON at any depth of escaping, URL queries, XML, typed
 * program text, command flags. The rule is entered at the word that makes the name a secret's (`password`, `token`,
 * `key` …), reads the rest of the name, the sign and the value, and takes the value alone: name and sign stay.
 */
export const ASSIGNMENT_RULE: Rule = {
  kind: "value",
  anchors: ["pas", "pwd", "sec", "tok", "key", "aut", "cre", "sig"].flatMap((word) => [
    word,
    word.toUpperCase(),
    `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  ]),
  find: findAssigned,
  names: false,
};

/** How many characters of a value are judged; only a value that passes is read to its end. */
const JUDGED = 256;

const SIGN = new RegExp(
  [
    // key = value, "key": "value", ["key"] = "value", \"key\": \"value\"
    "[\"'`\\\\\\]]{0,8}[ \\t]{0,8}(?::=|=>|={1,3}|!={1,2}|:(?!:|//))[ \\t]{0,8}",
    // <add key="Password" value="…">, <password>…</password>
    "[\"'][ \\t]{1,4}value[ \\t]?=[ \\t]?",
    ">(?=[^<>\\s]{4,256}</)",
    // A list of pairs: `- name: X_TOKEN`, then `value: …`; {"name": "X_TOKEN", "value": "…"}
    "[\"'\\\\]{0,8},?(?:[ \\t]{0,8}(?:\\r?\\n|\\\\{1,4}n))?[ \\t]{0,40}[\"'\\\\]{0,8}value[\"'\\\\]{0,8}[ ]?:[ ]?",
    // the password is …
    "[ \\t]{1,4}(?:is|was)[ \\t:]{1,4}(?=\\S{0,64}[0-9])",
  ].join("|"),
  "y",
);
/** `token: string = "…"`. Tried before the other signs, which would take the type for the value. */
const TYPED_SIGN = /\??[ \t]?:[ \t]?[A-Za-z&][\w.&<>[\] |]{0,32}=[ \t]{0,4}(?=["'`])/y;
/** `IDENTIFIED BY PASSWORD '…'`, the password '…'. */
const QUOTE_SIGN = /[ \t]{1,4}(?=\\{0,4}')/y;
const SPACE_SIGN = /["']?,[ \t]{0,4}(?=["'])|[ \t]{1,4}(?!-)/y;
const FLAG = /(?:^|[\s"'`[,(])--?(?:[a-z][\w-]*-)?$/i;
/** `machine … login … password …` in one line or three, `npm config set //registry/:_authToken …`. */
const SPACED_FILE = /\blogin[ \t]{1,4}\S{1,64}(?:\s|\\{1,4}[nrt]){1,16}$|:_$/;

const OPENER = /[bfru@$]{0,2}(?<escape>\\{0,8})(?<quote>["'`])/iy;
const SCHEME = /(?:bearer|basic|bot)[ ]+/iy;
/** A sign ends a bare value only where it separates: before a space, a quote, the end or another `name=`. NUL ends it, as in `/proc/PID/environ`. */
const BARE = /(?:[^\s\0"'`<>\\,;&|(){}[\]]|[,;&|)}\]](?!$|[\s"'`\\,;:&|)}\]]|[\w.%-]{1,40}[=:]))*/y;
const QUOTED = { '"': /(?:[^"\\\r\n]|\\.)*/y, "'": /(?:[^'\\\r\n]|\\.)*/y, "`": /(?:[^`\\\r\n]|\\.)*/y } as const;
const ESCAPED = { '"': /[^"\r\n]*/y, "'": /[^'\r\n]*/y, "`": /[^`\r\n]*/y } as const;

function findAssigned(text: string, at: number): Finding | null {
  const name = secretNameAt(text, at);
  if (name === null) return null;
  const from = signEnd(text, at, name);
  if (from === null) return null;
  const judged = valueAt(text, from, JUDGED);
  const value = text.slice(judged.start, judged.end);
  if (value.startsWith("-----BEGIN") || isWorkFolder(value, text.slice(Math.max(0, at - 4), name.end))) return null;
  const tight = /[=>]/.test(text.charAt(from - 1));
  const context = { family: name.family, quoted: judged.quoted, tight, next: text.slice(judged.end, judged.end + 2) };
  if (!isSecretValue(value, context) || (name.weak && !looksRandom(value))) return null;
  const { start, end } = value.length < JUDGED ? judged : valueAt(text, from, text.length);
  return { kind: `${ASSIGNMENT_RULE.kind}-${end - start}`, confidence: "candidate", start, end };
}

/** `PWD` alone is also what shells call the folder they are in; of a password only the rarest has this form. */
function isWorkFolder(value: string, name: string): boolean {
  return /(?:^|[^A-Za-z0-9_])(?:OLD)?PWD$/.test(name) && /^(?:\/[\w.@+~-]+){2,}\/?$/.test(value);
}

/** Offset behind the sign between name and value. */
function signEnd(text: string, at: number, name: SecretName): number | null {
  const sign = matchEnd(TYPED_SIGN, text, name.end) ?? matchEnd(SIGN, text, name.end);
  if (sign !== null) return sign;
  const before = text.slice(Math.max(0, at - 80), at);
  if (FLAG.test(before) || SPACED_FILE.test(before)) return matchEnd(SPACE_SIGN, text, name.end);
  return name.family === "password" ? matchEnd(QUOTE_SIGN, text, name.end) : null;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** The value from `from` on, without its quotes, read no further than `limit` characters. */
function valueAt(text: string, from: number, limit: number): Value {
  OPENER.lastIndex = from;
  const opener = OPENER.exec(text);
  const quote = opener?.groups?.["quote"];
  const inside = from + (opener?.[0].length ?? 0);
  const start = matchEnd(SCHEME, text, inside) ?? inside;
  const window = text.slice(start, start + limit);
  if (quote !== '"' && quote !== "'" && quote !== "`") {
    return { start, end: start + runLength(BARE, window, /[.,;:]+$/), quoted: false };
  }
  const escaped = opener?.groups?.["escape"] !== "";
  const length = escaped ? runLength(ESCAPED[quote], window, /\\+$/) : runLength(QUOTED[quote], window, /(?!)/);
  return { start, end: start + length, quoted: true };
}

function runLength(run: RegExp, window: string, tail: RegExp): number {
  run.lastIndex = 0;
  return (run.exec(window)?.[0] ?? "").replace(tail, "").length;
}

function matchEnd(expression: RegExp, text: string, at: number): number | null {
  expression.lastIndex = at;
  const match = expression.exec(text);
  return match === null ? null : at + match[0].length;
}
