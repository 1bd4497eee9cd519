import { configPages } from "../../src/config/config-reference.ts";
import type { ReferencePage } from "../../src/config/config-reference.ts";
import { signalsReference } from "../../src/loop/learn/signals/signals-reference.ts";
import { exitCodePages } from "./exit-code-pages.ts";
import { failurePages } from "./failure-pages.ts";
import { statesPages } from "./states-page.ts";

/** Who writes pages into `docs/reference`; a room with a table of its own adds a line. */
const WRITERS: readonly (() => readonly ReferencePage[])[] = [
  configPages,
  exitCodePages,
  failurePages,
  statesPages,
  () => [{ path: "docs/reference/signals.md", text: signalsReference() }],
];

/** Every generated page. */
export function referencePages(): readonly ReferencePage[] {
  return WRITERS.flatMap((write) => write());
}
