import { isObject, numberAt, stringAt } from "../kit/json.ts";
import { microDollarsOf } from "../model/money.ts";
import type { MicroDollars } from "../model/money.ts";
import type { PriceRow } from "../model/price.ts";
import type { ValueType } from "./value-type.ts";

const KEYS = ["model", "from", "input", "cached_input", "output"];

/** A price as people write it: US dollars per million tokens, `{model, from, input, cached_input, output}`. */
export function priceRow(): ValueType<PriceRow> {
  return { expected: "{model, from, input, cached_input, output}", read: (input) => readPriceRow(input) };
}

function readPriceRow(written: unknown): PriceRow | undefined {
  if (!isObject(written) || Object.keys(written).some((key) => !KEYS.includes(key))) return undefined;
  const model = stringAt(written, "model");
  const from = stringAt(written, "from");
  const [input, cached_input, output] = [
    dollars(written, "input"),
    dollars(written, "cached_input"),
    dollars(written, "output"),
  ];
  if (model === null || from === null || !isDay(from) || input === null || cached_input === null || output === null)
    return undefined;
  return { model, from, input, cached_input, output };
}

function dollars(row: Record<string, unknown>, key: string): MicroDollars | null {
  const amount = numberAt(row, key);
  return amount === null || amount < 0 ? null : microDollarsOf(amount * 1_000_000);
}

function isDay(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(written));
}
