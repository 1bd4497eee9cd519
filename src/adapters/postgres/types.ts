import pg from "pg";

type Parser = (text: string) => unknown;

const INT8 = 20;
const JSON_TEXT = 114;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/**
 * Values as SQLite gives them: counts and sums are numbers (ours stay below 2^53), times ISO text of millisecond
 * precision, JSON its text. One table per pool: the driver's own is shared by everybody in the process.
 */
const parsers: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [INT8, Number],
  [NUMERIC, Number],
  [JSON_TEXT, (text) => text],
  [TIMESTAMPTZ, (text) => new Date(text).toISOString()],
]);

export const storeTypes: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: "text" | "binary"): Parser => {
    const own = format === "binary" ? undefined : parsers.get(id);
    // The driver types its parsers as any.
    return own ?? (pg.types.getTypeParser(id, format) as Parser);
  },
};
