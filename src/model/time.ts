declare const instant: unique symbol;

/** A moment as UTC ISO 8601 text of fixed millisecond width (`2026-11-20T02:33:00.512Z`), so that text order is time order. */
export type Instant = string & { readonly [instant]: true };

/** Milliseconds since the epoch as an `Instant`. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Any ISO 8601 text as an `Instant`; `null` when it is not a date. */
export function parseInstant(text: string | null): Instant | null {
  if (text === null) return null;
  if (text.length === 24 && text.endsWith("Z") && !Number.isNaN(Date.parse(text))) return text as Instant;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instantOf(ms);
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
  const date = new Date(msOf(at) - ms);
  return Number.isNaN(date.getTime()) ? null : (date.toISOString() as Instant);
}
