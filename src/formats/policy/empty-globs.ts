import { globProblem, pathTest } from "../../kit/glob.ts";
import { isObject } from "../../kit/json.ts";
import type { Mistake } from "../mistake.ts";

/** Globs that a `require` hangs on and that take no file: it would ask for nothing, silently. A protection may wait for its files. */
export function emptyGlobs(
  { require, when }: Readonly<Record<string, unknown>>,
  { name, paths }: { readonly name: string; readonly paths: readonly string[] },
): readonly Omit<Mistake, "of">[] {
  const written: unknown = isObject(when) ? when["paths"] : null;
  if (require === undefined || !Array.isArray(written)) return [];
  const globs = written.filter((glob) => typeof glob === "string");
  // Another mistake of theirs is told already.
  if (globs.length === 0 || globs.length < written.length || globs.some((glob) => globProblem(glob) !== null))
    return [];
  const empty = globs.flatMap((glob, item) =>
    glob.startsWith("!") || paths.some(pathTest([glob])) ? [] : [takesNothing(name, glob, ["when", "paths", item])],
  );
  if (empty.length > 0 || globs.every((glob) => glob.startsWith("!")) || paths.some(pathTest(globs))) return empty;
  return [takesNothing(name, globs.join(" "), ["when", "paths"])];
}

function takesNothing(name: string, glob: string, path: readonly PropertyKey[]): Omit<Mistake, "of"> {
  return {
    path,
    message: `${name} requires something of ${glob}, which matches no file of the repository`,
    hint: "mend the glob, or take it out; `protect` may name files that are not there yet",
  };
}
