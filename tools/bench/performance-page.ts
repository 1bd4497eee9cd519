/** The generated part of `docs/operate/performance.md`. */
import { figuresTable } from "./figures-table.ts";
import type { Row } from "./figure.ts";
import type { Machine } from "./machine.ts";

export interface Measurement {
  readonly rows: readonly Row[];
  readonly machine: Machine;
  /** Load average of the last minute, before and after. */
  readonly load: { readonly before: number; readonly after: number };
}

const START = "<!-- figures: written by `npm run bench` -->";
const END = "<!-- end of figures -->";

/** The page with its figures replaced; throws when it has no place for them. */
export function pageWith(page: string, measurement: Measurement): string {
  const [from, to] = [page.indexOf(START), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`The page needs ${START} and then ${END}.`);
  return `${page.slice(0, from)}${START}\n${measurementText(measurement)}\n${page.slice(to)}`;
}

export function measurementText({ rows, machine, load }: Measurement): string {
  const { day, cores, processor, memoryGigabytes, system, node } = machine;
  const place = `${day}, Node ${node}, ${cores} cores of ${processor}, ${memoryGigabytes} GB, ${system}`;
  return `Measured on ${place}.\nLoad average ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after.\n\n${figuresTable(rows)}`;
}
