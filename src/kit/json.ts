export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Parses JSON; `undefined` when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON with sorted keys and no spaces: equal values have equal text, whatever order they were built in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}

/** A plain object, not an array and not null: the shape every foreign record must have before it is read. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member of a foreign object when it is a string, else `null`. */
export function stringAt(value: unknown, key: string): string | null {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "string" ? member : null;
}

/** The member of a foreign object when it is a finite number, else `null`. */
export function numberAt(value: unknown, key: string): number | null {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "number" && Number.isFinite(member) ? member : null;
}

/** The member of a foreign object when it is an object, else `null`. */
export function objectAt(value: unknown, key: string): Record<string, unknown> | null {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : null;
}

/** A foreign number that can be counted with: whole, and small enough to be exact. */
export function wholeOrNull(value: number | null): number | null {
  return Number.isSafeInteger(value) ? value : null;
}
