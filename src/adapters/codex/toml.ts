export type TomlValue = string | number | boolean;
export type TomlTable = { readonly [key: string]: TomlValue | TomlTable };

/** A table as TOML: values first, then its tables, every text and key quoted so that none can add a line. */
export function toToml(table: TomlTable, path: readonly string[] = []): string {
  const rows = Object.entries(table);
  const values = rows.flatMap(([key, value]) =>
    typeof value === "object" ? [] : [`${quoted(key)} = ${plain(value)}\n`],
  );
  const tables = rows.flatMap(([key, value]) => (typeof value === "object" ? [toToml(value, [...path, key])] : []));
  const head = path.length > 0 && values.length > 0 ? `[${path.map(quoted).join(".")}]\n` : "";
  return [head, ...values, ...tables].join("");
}

function plain(value: TomlValue): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

/** A basic string: JSON's escapes are TOML's, but for DEL, which TOML wants escaped too. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\u007f", String.raw`\u007f`);
}
