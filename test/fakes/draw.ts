import type { Random } from "../../src/kit/random.ts";

/** Repeatable choices out of one seeded source. */
export interface Draw {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** `length` characters, each one of `alphabet`. */
  text(alphabet: string, length: number): string;
}

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();

const HEX = `${DIGITS}abcdef`;
const LOWER_DIGITS = `${LOWER}${DIGITS}`;
const ALNUM = `${LOWER}${UPPER}${DIGITS}`;

type AlphabetName =
  | "digits"
  | "lower"
  | "hex"
  | "lowerDigits"
  | "upperDigits"
  | "base32"
  | "alnum"
  | "base64"
  | "base64url";

/** The alphabets that vendors publish for their tokens. */
export const ALPHABET: Readonly<Record<AlphabetName, string>> = {
  digits: DIGITS,
  lower: LOWER,
  hex: HEX,
  lowerDigits: LOWER_DIGITS,
  upperDigits: `${UPPER}${DIGITS}`,
  base32: `${UPPER}234567`,
  alnum: ALNUM,
  base64: `${ALNUM}+/`,
  base64url: `${ALNUM}-_`,
};

export function drawFrom(random: Random): Draw {
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  return {
    int,
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join(""),
  };
}

/** Eight-four-four-four-twelve lower-case hex digits. */
export function uuid(draw: Draw): string {
  return [8, 4, 4, 4, 12].map((length) => draw.text(ALPHABET.hex, length)).join("-");
}

/** Bytes as padded base64 of exactly `bytes` random bytes. */
export function base64Of(draw: Draw, bytes: number): string {
  return Buffer.from(Array.from({ length: bytes }, () => draw.int(0, 255))).toString("base64");
}

/** A signed JSON web token: header, claims, and a signature of `signatureBytes`; `padding` random bytes lengthen the claims. */
export function jsonWebToken(draw: Draw, signatureBytes: number, padding = 0): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = { alg: signatureBytes > 64 ? "RS256" : "HS256", typ: "JWT" };
  const claims = {
    iss: draw.text(ALPHABET.lower, 8),
    sub: uuid(draw),
    exp: draw.int(17e8, 19e8),
    jti: base64Of(draw, padding),
  };
  const signature = Buffer.from(base64Of(draw, signatureBytes), "base64").toString("base64url");
  return `${encode(header)}.${encode(claims)}.${signature}`;
}
