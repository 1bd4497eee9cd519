import { patternRule, type Rule } from "./rule.ts";

/**
 * Secrets known by what surrounds them: header, scheme, flag, address, envelope. Every run in front of a required part
 * is bounded or ends at the next anchor, so none of them can be made to read the text again and again.
 */
const SLASHES = "\\\\{0,4}/\\\\{0,4}/";
const SLASH = "\\\\{0,4}/";
const PEM_HEADER = "(?<=-----)BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";
/** Base64 in lines, as text, as a string with `\n`, as a diff, a quotation or a concatenation. */
const PEM_BODY = "(?:[A-Za-z0-9+/=\\s\\\\:,.*\"'|>#]|-(?!----))";

const AUTHORIZATION = "authorization[\"'`\\\\\\]]{0,8}[ \\t]{0,4}(?:=>|[:=,])[ \\t]{0,4}[bf]?[\"'`\\\\]{0,8}";
/** `realm="x"`, `Signature=…`: what follows the schemes that sign a request. */
const PAIR = '[\\w-]{1,32}=(?:\\\\{0,4}"[^"\\\\\\r\\n]{0,512}\\\\{0,4}"|[^"\'\\s,\\\\]{1,512})';

const COOKIE = "cookie2?[\"'`\\\\]{0,8}[ \\t]?(?:=>|[:=,])[ \\t]{0,4}";

/** `curl -u user:password` and its kin, in a command line or as a list of arguments. */
const USER_FLAGS: readonly string[] = [" -u", " -U", '"-u', "--u", "--p"];
const USER_FLAG = '(?: -[uU]|--(?:proxy-)?user|"-u)(?:[ =]{0,4}|",[ ]?)(?:\\\\{0,4}["\'])?';

export const GENERIC_RULES: readonly Rule[] = [
  patternRule({
    kind: "private-key",
    anchors: ["BEG"],
    pattern: `(?<head>${PEM_HEADER})(?<secret>${PEM_BODY}+)(?=-----END)`,
    accept: isMoreThanSpace,
  }),
  // A key that was cut off: whole lines of base64 only, so that the text behind it stays.
  patternRule({
    kind: "private-key",
    anchors: ["BEG"],
    pattern: `(?<head>${PEM_HEADER})(?<secret>(?:(?:\\s|\\\\+[nrt])*[A-Za-z0-9+/=]{16,})+(?:(?:[\\r\\n]|\\\\+[nrt])+[A-Za-z0-9+/=]{1,15}$)?)`,
    accept: isMoreThanSpace,
  }),
  patternRule({
    kind: "private-key",
    anchors: ["Pri"],
    pattern: "(?<head>Private-Lines: [0-9]{1,3}\\s{1,2})(?<secret>(?:[A-Za-z0-9+/=]{16,}\\s{0,2})+)",
  }),
  patternRule({
    kind: "jwt",
    names: true,
    anchors: ["eyJ"],
    pattern: "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+){0,2}",
  }),
  patternRule({
    kind: "jwt",
    names: true,
    anchors: ["eyJ"],
    pattern:
      "(?<=\\\\[nrt]|%[0-9A-F]{2}|[a-z][_-]|\\[[0-9;]{0,12}m)eyJ[A-Za-z0-9_-]{8,400}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
  }),
  patternRule({
    kind: "authorization",
    anchors: ["Aut", "aut", "AUT"],
    pattern: `(?<head>${AUTHORIZATION}(?:digest|aws4-hmac-sha256|hawk|oauth)[ ]{1,4})(?<secret>${PAIR}(?:,?[ ]{0,2}${PAIR})*)`,
    flags: "i",
  }),
  patternRule({
    kind: "authorization",
    anchors: ["Aut", "aut", "AUT"],
    pattern: `(?<head>${AUTHORIZATION}(?:[a-z][a-z0-9_-]{1,24}(?:[ ]{1,4}|=)(?:token=|apikey=)?"?)?)(?<secret>[^\\s"'\`\\\\<>,;(){}$]{6,})`,
    flags: "i",
    accept: (secret) => /[0-9]/.test(secret) || secret.length >= 20,
  }),
  patternRule({
    kind: "bearer",
    anchors: ["Bea", "bea", "BEA"],
    pattern: "(?<head>bearer(?:[ \\t]{1,4}|%20|\\+|[\"']?[:=,][ \\t]?[\"']?))(?<secret>[A-Za-z0-9._~+/=|:-]{12,})",
    flags: "i",
    edge: true,
    accept: (secret) => /[0-9]/.test(secret),
  }),
  patternRule({
    kind: "basic-auth",
    anchors: ["Bas", "bas", "BAS"],
    pattern: "(?<head>basic(?:[ \\t]{1,4}|%20))(?<secret>[A-Za-z0-9+/_-]{6,}={0,2})",
    flags: "i",
    edge: true,
    accept: isBasicCredential,
  }),
  patternRule({
    kind: "cookie",
    anchors: ["Coo", "coo", "COO"],
    pattern: `(?<head>${COOKIE}\\[\\s{0,8})(?<secret>["'\\\\]{1,8}[\\w.-]{1,128}=[^\\]]{4,1000})(?=\\])`,
    flags: "i",
  }),
  patternRule({
    kind: "cookie",
    anchors: ["Coo", "coo", "COO"],
    pattern: `(?<head>${COOKIE}\\[?["'\`\\\\]{0,8})(?<secret>[\\w.!#$%&*+^|~-]{1,128}=[^\\s;"'\`\\\\]{4,}(?:;[ ]?[^=;\\s"'\`\\\\]{1,128}=[^\\s;"'\`\\\\]*)*)`,
    flags: "i",
    accept: (secret) => !/^[^=]+=[$<{]/.test(secret),
  }),
  patternRule({
    kind: "cookie",
    anchors: [" -b", "--c"],
    pattern:
      "(?<head>(?: -b|--cookie)[ =]{1,4}\\\\{0,4}[\"'])(?<secret>[\\w.-]{1,128}=[^\\s;\"'\\\\]{8,}(?:;[ ]?[^=;\\s\"']{1,128}=[^\\s;\"'\\\\]*)*)",
  }),
  patternRule({
    kind: "url-token",
    anchors: ["://", ":\\\\/"],
    pattern: `(?<head>:${SLASHES})(?<secret>[A-Za-z0-9_.~%+=-]{16,1024})(?::(?:x-oauth-basic)?)?(?=@[A-Za-z0-9[])`,
    accept: (secret) => /[0-9]/.test(secret),
  }),
  patternRule({
    kind: "url-password",
    anchors: ["://", ":\\\\/"],
    pattern: `(?<head>:${SLASHES}[^\\s/@"'\`<>:\\\\]{0,256}:)(?<secret>(?:[^\\s/@"'\`<>\\\\]|@(?=[^\\s/@"'\`<>\\\\]{1,256}@)){1,1024})(?=@[A-Za-z0-9[$\{_.-])`,
    accept: isLiteral,
  }),
  patternRule({
    kind: "url-password",
    anchors: ["@tc", "@un"],
    pattern: "(?<=:(?<lead>[^\\s:@/\"'`]{3,128}))(?<secret>)@(?:tcp|unix)\\(",
    accept: isLiteral,
  }),
  patternRule({
    kind: "slack-webhook",
    anchors: ["\\.sl"],
    pattern: `(?<=hooks)(?<head>\\.slack(?:-gov)?\\.com${SLASH}(?:services|workflows|triggers)${SLASH})(?<secret>[A-Za-z0-9_/\\\\-]{16,})`,
  }),
  patternRule({
    kind: "webhook",
    anchors: ["\\.za", "\\.ma"],
    pattern: `(?<=hooks?(?:\\.[a-z0-9]{1,8})?)(?<head>\\.(?:zapier\\.com${SLASH}hooks|make\\.com)${SLASH})(?<secret>[A-Za-z0-9_/\\\\-]{12,})`,
  }),
  patternRule({
    kind: "webhook",
    anchors: ["\\.if"],
    pattern: `(?<head>\\.ifttt\\.com${SLASH}trigger${SLASH}[\\w-]{1,64}${SLASH}(?:json${SLASH})?with${SLASH}key${SLASH})(?<secret>[A-Za-z0-9_-]{16,})`,
  }),
  patternRule({
    kind: "discord-webhook",
    anchors: ["ks/", "ks\\\\"],
    pattern: `(?<=webhoo)(?<head>ks${SLASH})(?<secret>[0-9]{16,20}${SLASH}[A-Za-z0-9_-]{40,})`,
  }),
  patternRule({
    kind: "teams-webhook",
    anchors: ["\\.of"],
    pattern: `(?<=outlook|webhook)(?<head>\\.office(?:365)?\\.com${SLASH}webhook(?:b2)?${SLASH})(?<secret>[A-Za-z0-9@_/\\\\-]{32,})`,
  }),
  patternRule({
    kind: "azure-key",
    anchors: ["Key", "key"],
    pattern:
      "(?<=account|sharedaccess)(?<head>key[\"'\\\\]{0,4}[ ]?[=:][ ]?[\"'\\\\]{0,4})(?<secret>[A-Za-z0-9+/]{20,}={0,2})",
    flags: "i",
  }),
  patternRule({
    kind: "url-signature",
    anchors: ["sig", "Sig"],
    pattern: "(?<=[?&;]|u0026|(?:X-Amz|X-Goog|x-oss)-)(?<head>sig(?:nature)?=)(?<secret>[A-Za-z0-9%+/=_-]{16,})",
    flags: "i",
  }),
  patternRule({
    kind: "basic-auth",
    anchors: USER_FLAGS,
    pattern: `(?<head>${USER_FLAG}[^\\s:"'\\\\$<]{0,128}(?:\\\\{0,4}["'])?:(?:\\\\{0,4}["'])?)(?<secret>[^\\s"'\\\\]{3,256})`,
    accept: (secret) => isLiteral(secret) && !/^[0-9]+$/.test(secret),
  }),
  // A token as the user, without a password.
  patternRule({
    kind: "basic-auth",
    anchors: USER_FLAGS,
    pattern: `(?<head>${USER_FLAG})(?<secret>[^\\s:"'\\\\$<]{8,256})(?=:(?:[\\s"'\\\\]|$))`,
    accept: (secret) => /[0-9]/.test(secret),
  }),
  patternRule({
    kind: "password",
    anchors: [" -p", " -P", " -a", " -w"],
    pattern:
      "(?<=\\b(?:sshpass|login|sqlcmd|bcp|htpasswd|redis-cli|ldapsearch|ldapadd|zip|unzip|7z)\\b[^\\n|;&]{0,60})(?<head> -[pPaw][ ]?(?:\\\\{0,4}[\"'])?)(?<secret>[^\\s\"'\\\\-][^\\s\"'\\\\]{3,128})",
    accept: isLiteral,
  }),
  patternRule({
    kind: "password",
    anchors: [" -p"],
    pattern:
      "(?<=\\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb)\\b[^\\n|;&]{0,60})(?<head> -p(?:\\\\{0,4}[\"'])?)(?<secret>[^\\s\"'\\\\-][^\\s\"'\\\\]{2,128})",
    accept: isLiteral,
  }),
  patternRule({
    kind: "password",
    anchors: ["FIE", "fie"],
    pattern:
      "(?<=identi)(?<head>fied (?:with \\S{1,40} )?by (?:password )?\\\\{0,4}['\"])(?<secret>[^'\"\\\\\\n]{3,256})",
    flags: "i",
  }),
];

function isMoreThanSpace(secret: string): boolean {
  return secret.length >= 16 && /[A-Za-z0-9+/]{16}/.test(secret);
}

/** Not a variable or a template that is filled in elsewhere. */
function isLiteral(secret: string): boolean {
  return !/^(?:\$\{?[A-Za-z_({]|\{\{|\{[A-Za-z_.]+\}|<|\[[A-Z_ ]+\]|%\(|%s|\*+$)/.test(secret);
}

/** Base64 of `user:password`; prose such as "basic functionality" decodes to noise. */
function isBasicCredential(secret: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(secret, "base64").toString("latin1"));
}
