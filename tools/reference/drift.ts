import type { ReferencePage } from "../../src/config/config-reference.ts";

/** Paths of pages that are not on disk as generated; `read` gives `null` for a file that is not there. */
export function driftedPages(
  pages: readonly ReferencePage[],
  read: (path: string) => string | null,
): readonly string[] {
  return pages.filter((page) => read(page.path) !== page.text).map((page) => page.path);
}
