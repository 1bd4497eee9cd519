import { inspect } from "node:util";

/** A secret that shows itself only to whoever asks: printing, joining or serialising it gives `[secret]`. */
export interface SecretValue {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

export function secretValue(value: string): SecretValue {
  const hidden = (): string => "[secret]";
  const secret = { reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden };
  return Object.freeze(secret);
}
