import picomatch from "picomatch";

export type PathTest = (path: string) => boolean;

export interface PathTestOptions {
  /** Also takes what differs only in upper and lower case, as some file systems do. */
  readonly anyCase?: boolean;
}

/** `pathTest`, or one that counts how often it is asked. */
export type PathTestMaker = (globs: readonly string[], options?: PathTestOptions) => PathTest;

/**
 * Tests paths (with `/`, relative, no `.` or `..` in them) against globs: `*` within a folder, `**` over folders, `?`,
 * `[a-z]`, `{a,b}`; hidden files count as others do; a last word without wildcards means the file of this name and
 * everything in the folder of this name; `!` takes away again. No globs, or only such with `!`, take nothing.
 */
export function pathTest(globs: readonly string[], options: PathTestOptions = {}): PathTest {
  const flags = options.anyCase === true ? "is" : "s";
  const taken = globs.filter((glob) => !glob.startsWith("!")).map((glob) => oneTest(glob, flags));
  const spared = globs.filter((glob) => glob.startsWith("!")).map((glob) => oneTest(glob.slice(1), flags));
  return (path) => taken.some((test) => test(path)) && !spared.some((test) => test(path));
}

/** Why a glob cannot be used, or `null`. The bounds keep one test of a hostile path within microseconds. */
export function globProblem(glob: string): string | null {
  const bare = glob.startsWith("!") ? glob.slice(1) : glob;
  if (bare.trim() === "") return "is empty";
  if (bare.length > 200) return "is longer than 200 characters";
  if (bare.startsWith("/")) return "begins with a slash: paths are relative to the repository";
  if (bare.includes("\\")) return "has a backslash: folders are parted by /";
  if (bare.split("/").some((part) => part === "." || part === "..")) return "has a . or .. in it";
  if (bare.split("**").length > 4) return "has more than three **";
  if (bare.split("/").some((part) => part !== "**" && part.split("*").length > 4))
    return "has more than three * in one name";
  return null;
}

/** `s`: a name may hold a line break, and must not slip through for it. */
function oneTest(glob: string, flags: string): PathTest {
  const bare = glob.replace(/\/+$/, "");
  const literal = !/[*?[\]{}]/.test(bare.slice(bare.lastIndexOf("/") + 1));
  const sources = (literal ? [bare, `${bare}/**`] : [bare]).map((one) => sourceOf(one));
  const pattern = new RegExp(sources.join("|"), flags);
  const part = flags.includes("i") ? "" : literalPart(bare);
  return (path) => path.includes(part) && pattern.test(path);
}

/** Round brackets and bars are letters like others: people name folders with them. */
function sourceOf(glob: string): string {
  return picomatch.makeRe(glob.replace(/[()|]/g, String.raw`\$&`), {
    dot: true,
    noextglob: true,
    nonegate: true,
    windows: false,
  }).source;
}

/** The longest text that every path a glob takes holds: most paths are sorted out by it, at a tenth of a pattern's cost. */
function literalPart(glob: string): string {
  if (glob.includes("\\")) return "";
  const withoutChoices = glob.replace(/\{.*\}/, "/").replaceAll(/\[.*?\]/g, "/");
  const parts = withoutChoices.split(/[*?/[\]{}]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}
