import type { ReactElement, ReactNode } from "react";
import { useWindowRows } from "./use-window-rows.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "right";
  /** Width as a Tailwind class; the columns without one share what is left. */
  readonly width?: string;
}

interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly footer?: ReactNode;
  /** Below this width the table scrolls sideways. */
  readonly minWidth?: string;
}

const ROW_HEIGHT = 36;

/** A semantic table of rows of one height, of which only those near the window are in the page. */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  footer,
  minWidth = "min-w-0",
}: TableProps<Row>): ReactElement {
  const { ref, offset, virtual } = useWindowRows({ count: rows.length, height: ROW_HEIGHT });
  const shown = virtual.getVirtualItems();
  const before = (shown[0]?.start ?? offset) - offset;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? offset) - offset);
  return (
    <div className="panel overflow-x-auto overflow-y-hidden">
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        className={`w-full table-fixed border-collapse ${minWidth}`}
      >
        <thead>
          <tr aria-rowindex={1} className="border-b border-line text-small text-muted">
            {columns.map((column) => (
              <th key={column.title} scope="col" className={`px-3 py-1.5 ${column.width ?? ""} ${sideOf(column)}`}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={ref}>
          <Spacer height={before} />
          {shown.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <tr
                key={keyOf(row)}
                aria-rowindex={index + 2}
                className="relative h-9 border-b border-line last:border-b-0 hover:bg-hover"
              >
                {columns.map((column) => (
                  <td key={column.title} className={`truncate px-3 ${sideOf(column)}`}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={after} />
        </tbody>
        {footer === undefined ? null : <tfoot className="border-t border-line-strong font-medium">{footer}</tfoot>}
      </table>
    </div>
  );
}

/** The room of the rows that are not in the page. */
function Spacer({ height }: { readonly height: number }): ReactElement | null {
  return height < 1 ? null : <tr aria-hidden="true" style={{ height }} />;
}

function sideOf<Row>(column: Column<Row>): string {
  return column.align === "right" ? "text-end" : "text-start";
}
