declare const redacted: unique symbol;

/**
 * Text that has passed the redaction rules and the known secrets. Every free-text column of the store takes only
 * this; only `policy/redact` makes it, so text that skipped redaction does not compile.
 */
export type Redacted = string & { readonly [redacted]: true };
