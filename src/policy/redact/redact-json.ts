import { canonicalJson, isObject } from "../../kit/json.ts";
import type { Redacted } from "../../model/redacted.ts";

/** Canonical JSON whose every text has passed redaction, one by one, so that it stays JSON. Names of members are ours. */
export function redactJson(value: unknown, redact: (text: string) => Redacted): Redacted {
  return canonicalJson(redacted(value, redact)) as Redacted;
}

function redacted(value: unknown, redact: (text: string) => Redacted): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redacted(item, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, redacted(member, redact)]));
}
