declare const redacted: unique symbol;

/**
 * Text that has passed the redaction rules and the known secrets. Every free-text column of the store takes only
 * this; only `policy/redact` makes it, so text that skipped redaction does not compile.
 */
export type Redacted = string & { readonly [redacted]: true };

/**
 * No secret is longer, in characters (a private RSA key of 4096 bits is 3,300, one of 8192 bits 6,400). Half a secret is
 * not recognised, so wherever raw text was cut, this much beside the cut is never kept.
 */
export const LONGEST_SECRET: number = 8_000;
