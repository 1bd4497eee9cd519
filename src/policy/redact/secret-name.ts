import type { SecretFamily } from "./secret-value.ts";

/** What a name promises about its value. */
export interface SecretName {
  readonly family: SecretFamily;
  /** The name alone is weak (`auth`, `MY_KEY`, `sig`): its value must look random. */
  readonly weak: boolean;
  /** Offset behind the name. */
  readonly end: number;
}

const WORD =
  /(?<password>password|passwd|passphrase|passcode)|(?<pass>pass|pwd)|(?<secret>secret)|(?<token>token|credentials?)|(?<key>key)|(?<weak>auth|sig(?:nature)?)/iy;
/** What may follow the word inside a name without changing that the value is the secret itself. */
const TAIL_WORDS = (
  "key token secret access password value string text raw plain b(?:ase)?64 encoded primary secondary " +
  "production prod development dev staging stage test live main old new current admin root user v?[0-9]{1,3}"
).split(" ");
const TAIL = new RegExp(`(?:[_.-]?(?:${TAIL_WORDS.join("|")})){0,4}(?![A-Za-z0-9_])`, "iy");
/** Who owns a `key` that is a secret, and not the key of a map. */
const KEY_OWNERS = (
  "api app application access secret private account auth encrypt encryption decryption signing sign service " +
  "consumer master licen[sc]e admin storage shared client deploy hmac aes rsa ssh webhook integration write " +
  "ingest ingestion subscription functions? host session bot server rest personal project team org security " +
  "crypto cipher jwt sas openai anthropic gemini azure google stripe twilio sendgrid mailgun fastly cloudflare " +
  "datadog algolia airtable heroku maps"
).split(" ");
const KEY_OWNER = new RegExp(`(?:${KEY_OWNERS.join("|")}|(?:^|[^a-z])x-[a-z-]{1,30})[_.-]?$`, "i");
/** Cursors of lists and the special tokens of language models. */
const OPEN_TOKEN = /(?:next|page|sync|continuation|cursor|pad|eos|bos|unk|sep|cls|mask|stop)[_-]?$/i;

/** Reads a secret's name from the word at `at` on; `null` when the word belongs to another kind of name. */
export function secretNameAt(text: string, at: number): SecretName | null {
  WORD.lastIndex = at;
  const match = WORD.exec(text);
  if (match === null) return null;
  const { groups = {}, 0: word } = match;
  TAIL.lastIndex = at + word.length;
  const tail = TAIL.exec(text);
  if (tail === null) return null;
  const end = at + word.length + tail[0].length;
  const before = text.slice(Math.max(0, at - 40), at);
  if (groups["password"] !== undefined) return { family: "password", weak: false, end };
  if (groups["secret"] !== undefined) return { family: "secret", weak: false, end };
  if (groups["token"] !== undefined) return OPEN_TOKEN.test(before) ? null : { family: "token", weak: false, end };
  if (groups["key"] !== undefined) return keyName({ before, word, end });
  if (!startsSegment(before, word)) return null;
  return groups["pass"] === undefined ? { family: "token", weak: true, end } : { family: "password", weak: false, end };
}

function keyName({ before, word, end }: { before: string; word: string; end: number }): SecretName | null {
  if (KEY_OWNER.test(before)) return { family: "token", weak: false, end };
  const weak = word === "KEY" ? /[A-Z0-9]_$/.test(before) : /[?&]$/.test(before);
  return weak ? { family: "token", weak: true, end } : null;
}

/** Whether `word` starts a part of the name: `DB_PASS`, `dbPass` and `pass`, but not `bypass`. */
function startsSegment(before: string, word: string): boolean {
  const previous = before.at(-1) ?? "";
  return !/[A-Za-z]/.test(previous) || (/[a-z]/.test(previous) && /[A-Z]/.test(word[0] ?? ""));
}
