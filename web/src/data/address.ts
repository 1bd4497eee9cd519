/** Words that an address may carry. What is not understood is left out, so that a mistyped address still opens its screen. */
import type { UsageKey } from "../../../src/views/shapes/usage.ts";

export type RawSearch = Record<string, unknown>;

export function wordIn<Name extends string>(raw: RawSearch, name: Name): { [Key in Name]?: string } {
  const value = raw[name];
  const text = typeof value === "number" ? String(value) : value;
  // A computed key widens to string; the name is the parameter's own type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (typeof text === "string" && text !== "" ? { [name]: text } : {}) as { [Key in Name]?: string };
}

/** A line number: whole and not negative. */
export function countIn<Name extends string>(raw: RawSearch, name: Name): { [Key in Name]?: number } {
  const value = Number(raw[name]);
  const isCount = raw[name] !== undefined && raw[name] !== "" && Number.isSafeInteger(value) && value >= 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (isCount ? { [name]: value } : {}) as { [Key in Name]?: number };
}

export function usageKeyIn(raw: RawSearch): { by?: UsageKey } {
  const by = raw["by"];
  return by === "day" || by === "session" || by === "model" ? { by } : {};
}
