import { isObject, stringAt } from "../kit/json.ts";
import type { ValueType } from "./value-type.ts";

/** One header of requests to the provider. */
export type HeaderRow = { readonly name: string; readonly value: string };

/** Headers that decide who asks and how the answer is framed belong to the gateway. */
const OURS = /^(authorization|host|content-length|content-encoding|transfer-encoding|connection|accept-encoding)$/i;

/** `{name, value}`, without a line break in either. */
export function headerRow(): ValueType<HeaderRow> {
  return { expected: "{name, value}", read: (input) => readHeaderRow(input) };
}

function readHeaderRow(written: unknown): HeaderRow | undefined {
  if (!isObject(written) || Object.keys(written).some((key) => key !== "name" && key !== "value")) return undefined;
  const name = stringAt(written, "name");
  const value = stringAt(written, "value");
  if (name === null || value === null || !/^[A-Za-z0-9-]{1,100}$/.test(name) || OURS.test(name)) return undefined;
  return /^[\x20-\x7e]{0,2000}$/.test(value) ? { name, value } : undefined;
}
