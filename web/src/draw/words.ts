/** Numbers and times as people read them. Unknown is said, never shown as zero. */

/** `1,234`, `56 k`, `1.2 M`; `unknown` for what no recording holds. */
export function tokens(count: number | null): string {
  if (count === null) return "unknown";
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)} M`;
  return count >= 10_000 ? `${(count / 1000).toFixed(0)} k` : whole(count);
}

export function whole(count: number): string {
  return count.toLocaleString("en-US");
}

/** US dollars; an unknown price is a state, not zero. */
export function dollars(usd: number | null): string {
  if (usd === null) return "unknown";
  return usd > 0 && usd < 0.01 ? "< $0.01" : `$${usd.toFixed(2)}`;
}

export function minutes(value: number): string {
  if (value >= 90) return `${(value / 60).toFixed(1)} h`;
  if (value >= 1) return `${value.toFixed(1)} min`;
  const seconds = value * 60;
  return seconds > 0 && seconds < 1 ? "< 1 s" : `${Math.round(seconds)} s`;
}

export function milliseconds(value: number | null): string {
  if (value === null) return "–";
  return value < 1000 ? `${Math.round(value)} ms` : minutes(value / 60_000);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

/** `1 session`, `2 sessions`: an English plural by appending `s`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The end of a time-ordered id: its beginning is the same for sessions of one hour. */
export function shortId(id: string): string {
  return id.length > 14 ? `…${id.slice(-8)}` : id;
}

/** `2026-11-20 02:33` of an instant, UTC. */
export function minuteOf(at: string | null): string {
  return at === null ? "–" : at.slice(0, 16).replace("T", " ");
}

/** `02:33:07` of an instant, UTC. */
export function secondOf(at: string | null): string {
  return at === null ? "" : at.slice(11, 19);
}

/** A period without saying the same day twice: `2026-11-20 02:33 to 05:10 UTC`. */
export function periodOf(from: string, to: string | null): string {
  if (to === null || minuteOf(from) === minuteOf(to)) return `${minuteOf(from)} UTC`;
  const end = from.slice(0, 10) === to.slice(0, 10) ? minuteOf(to).slice(11) : minuteOf(to);
  return `${minuteOf(from)} to ${end} UTC`;
}
