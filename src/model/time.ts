declare const instant: unique symbol;

/** A moment as UTC ISO 8601 text of fixed millisecond width (`2026-11-20T02:33:00.512Z`), so that text order is time order. */
export type Instant = string & { readonly [instant]: true };

/** Milliseconds since the epoch as an `Instant`. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** The years that four digits can say and both stores can keep: 1 to 9999. */
const FIRST_MS = Date.parse("0001-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Milliseconds that somebody else wrote down as an `Instant`; `null` when they are no moment of a four-digit year. */
export function instantOrNull(ms: number): Instant | null {
  return ms >= FIRST_MS && ms <= LAST_MS ? instantOf(ms) : null;
}

/** Any ISO 8601 text as an `Instant`; `null` when it is not a date. */
export function parseInstant(text: string | null): Instant | null {
  return text === null ? null : instantOrNull(Date.parse(text));
}

/** Milliseconds since the epoch. */
export function msOf(at: Instant): number {
  return Date.parse(at);
}

/** The UTC day, `2026-11-20`. */
export function dayOf(at: Instant): string {
  return at.slice(0, 10);
}

/** The moment `ms` milliseconds before `at`; `null` when no date can say it. */
export function instantBefore(at: Instant, ms: number): Instant | null {
  return instantOrNull(msOf(at) - ms);
}
