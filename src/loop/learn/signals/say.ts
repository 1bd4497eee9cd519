import { clip } from "../../../kit/text.ts";
import type { Redacted } from "../../../model/redacted.ts";

declare const name: unique symbol;
/** A tool, a command family, a path or an error word from a row: redacted with the row, short, on one line. */
export type Name = string & { readonly [name]: true };

const NAME_LIMIT = 80;
const DESCRIPTION_LIMIT = 240;

/** A row's word, which is redacted, or a literal of ours; text whose origin the type does not tell does not compile. */
type Known<Text extends string> = Text & (string extends Text ? never : unknown);

/** Makes a row's word fit to stand in a sentence; several words become a list. */
export function named<Text extends string>(...words: readonly Known<Text>[]): Name {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is minted here.
  return clip(words.join(", ").replaceAll(/\s+/g, " ").trim(), NAME_LIMIT) as Name;
}

/**
 * The one place where descriptions of signals are made. A sentence composed of our own literals, numbers and parts
 * that have each passed redaction holds nothing that has not, so the whole may carry the brand.
 */
export function say(literals: TemplateStringsArray, ...parts: readonly (Redacted | Name | number)[]): Redacted {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- composed of redacted parts, as said above.
  return clip(String.raw({ raw: literals.raw }, ...parts), DESCRIPTION_LIMIT) as Redacted;
}
