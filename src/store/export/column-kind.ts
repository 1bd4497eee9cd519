/** What a column's value is in an export; `?` may be null. Keys say how rows are ordered, in the order they stand. */
export type ColumnKind = "key" | "number key" | "text" | "text?" | "number" | "number?";
