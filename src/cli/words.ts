import type { Provenance } from "../model/provenance.ts";

/** Figures of one run or idea. */
interface Marked {
  readonly simulated: boolean;
  readonly provenance: Provenance;
  readonly tokens: number | null;
  readonly usd: number | null;
}

/** Numbers as people read them. */
export function tokens(count: number | null): string {
  if (count === null) return "–";
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)} M`;
  return count >= 10_000 ? `${(count / 1000).toFixed(0)} k` : String(count);
}

/** What is said beside a figure that was not measured; nothing where there is no figure. */
export function markOf({ simulated, provenance, tokens: count, usd }: Marked): string {
  if (simulated || provenance === "simulated") return "simulated";
  return provenance === "estimated" && (count !== null || usd !== null) ? "estimated" : "";
}

/** US dollars; `unknown` is a state, not zero. */
export function dollars(usd: number | null): string {
  if (usd === null) return "unknown";
  return usd > 0 && usd < 0.01 ? "< $0.01" : `$${usd.toFixed(2)}`;
}

/** The same within a sentence. */
export function cost(usd: number | null): string {
  return usd === null ? "cost unknown" : dollars(usd);
}

export function minutes(value: number): string {
  if (value >= 90) return `${(value / 60).toFixed(1)} h`;
  return value >= 1 ? `${value.toFixed(1)} min` : `${Math.round(value * 60)} s`;
}

export function milliseconds(value: number | null): string {
  if (value === null) return "–";
  return value < 1000 ? `${value} ms` : minutes(value / 60_000);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** `2026-11-20 02:33` of an instant, UTC. */
export function minuteOf(at: string | null): string {
  return at === null ? "–" : at.slice(0, 16).replace("T", " ");
}
