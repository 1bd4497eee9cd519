import { isObject, numberAt, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { EXPORT_FORMAT, type ExportHeader } from "./export-store.ts";
import { CURSORS_SHAPE, EVENTS_SHAPE, TABLES, type ExportedTable, type TableShape } from "./tables.ts";

export type Values = Readonly<Record<string, string | number | null>>;

export interface RowLine {
  readonly kind: "row";
  readonly table: ExportedTable;
  readonly row: Values;
}

export type ExportLine =
  | ({ readonly kind: "header" } & Pick<ExportHeader, "version" | "schema">)
  | RowLine
  | { readonly kind: "end"; readonly rows: number; readonly sha256: string };

const SHAPES: Readonly<Record<ExportedTable, TableShape>> = {
  ...TABLES,
  consumer_cursors: CURSORS_SHAPE,
  events: EVENTS_SHAPE,
};

/** One line of an export; `null` when it is none, or when its row is not exactly of the table's shape. */
export function parseLine(text: string): ExportLine | null {
  const line = parseJson(text);
  if (stringAt(line, "format") === EXPORT_FORMAT) return headerOf(line);
  const end = objectAt(line, "end");
  return end === null ? rowOf(line) : endOf(end);
}

function headerOf(line: unknown): ExportLine | null {
  const version = numberAt(line, "version");
  const schema = numberAt(line, "schema");
  return version === null || schema === null ? null : { kind: "header", version, schema };
}

function endOf(end: unknown): ExportLine | null {
  const rows = numberAt(end, "rows");
  const sha256 = stringAt(end, "sha256");
  return rows === null || sha256 === null ? null : { kind: "end", rows, sha256 };
}

function rowOf(line: unknown): ExportLine | null {
  const table = stringAt(line, "table");
  const row = objectAt(line, "row");
  if (row === null || table === null || !isTable(table)) return null;
  const shape = SHAPES[table];
  if (Object.keys(row).length !== Object.keys(shape).length) return null;
  return fits(row, shape) ? { kind: "row", table, row } : null;
}

function isTable(name: string): name is ExportedTable {
  return Object.hasOwn(SHAPES, name);
}

function fits(row: unknown, shape: TableShape): row is Values {
  return Object.entries(shape).every(([column, kind]) => {
    const value = isObject(row) ? row[column] : undefined;
    if (value === null) return kind.endsWith("?");
    return typeof value === (kind.startsWith("number") ? "number" : "string");
  });
}
