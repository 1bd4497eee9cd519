import { fail, ok, type Result } from "../../kit/result.ts";
import { clip, nearest } from "../../kit/text.ts";
import type { Problem } from "../../model/problem.ts";
import type { Spec } from "../../model/spec.ts";
import { notText, quoted, tooLarge } from "../mistake.ts";
import { readSections, type Sections } from "./read-sections.ts";

/** Bytes of a specification: agents read all of it, and more than this is no specification. */
export const LARGEST_SPEC: number = 256 * 1024;

const NEEDED = ["Goal", "Constraints", "Success metrics"] as const;
const KNOWN = [...NEEDED, "Repository", "Risk", "Labels"] as const;
type Section = (typeof KNOWN)[number];

/** Reads a specification: `# title` and its sections. All problems are listed at once. `file` is how it is named in them. */
export function parseSpec({
  file,
  text,
}: {
  readonly file: string;
  readonly text: string;
}): Result<Spec, readonly Problem[]> {
  const unreadable = unreadableBecause(file, text);
  if (unreadable !== null) return fail([unreadable]);
  const sections = readSections(text);
  const say = (line: number, message: string, hint: string): Problem => ({ at: `${file}:${line}:1`, message, hint });
  const labels = labelsOf(sections);
  const problems = [
    ...titleProblems(sections, say),
    ...missingProblems(sections, say),
    ...sections.list.flatMap((_section, index) => sectionProblems(sections, index, say)),
    ...labels.filter(({ word }) => !LABEL.test(word)).map(({ line, word }) => badLabel(line, word, say)),
  ];
  if (problems.length > 0) return fail(problems);
  return ok(
    specOf(
      sections,
      labels.map(({ word }) => word),
    ),
  );
}

type Say = (line: number, message: string, hint: string) => Problem;

const LABEL = /^[a-z0-9][a-z0-9._:/-]{0,99}$/;

function specOf(sections: Sections, labels: readonly string[]): Spec {
  const body = (name: Section): string => sections.list.find((section) => isNamed(section.name, name))?.body ?? "";
  return {
    title: sections.titles[0]?.text ?? "",
    goal: body("Goal"),
    constraints: body("Constraints"),
    successMetrics: body("Success metrics"),
    repository: body("Repository") || null,
    risk: body("Risk") || null,
    labels: [...new Set(labels)],
  };
}

function unreadableBecause(file: string, text: string): Problem | null {
  const bytes = Buffer.byteLength(text);
  const foreign = notText(file, text);
  if (foreign !== null) return foreign;
  if (bytes > LARGEST_SPEC) return tooLarge(file, { bytes, limit: LARGEST_SPEC });
  if (text.trim() !== "") return null;
  return { at: `${file}:1:1`, message: "the specification is empty.", hint: "write a title and the sections." };
}

function titleProblems({ titles }: Sections, say: Say): readonly Problem[] {
  const [first, second] = titles;
  if (first === undefined) return [say(1, "there is no title.", "begin with a line `# title`.")];
  if (first.text === "") return [say(first.line, "the title is empty.", "write it behind the #.")];
  if (first.text.length > 200) return [say(first.line, "the title has more than 200 characters.", "shorten it.")];
  return second === undefined ? [] : [say(second.line, "there is a second title.", "one file says one thing.")];
}

function missingProblems({ list }: Sections, say: Say): readonly Problem[] {
  return NEEDED.filter((name) => !list.some((section) => isNamed(section.name, name))).map((name) =>
    say(1, `there is no section ${name}.`, `add a line \`## ${name}\` and what belongs below it.`),
  );
}

/** Other sections are text for the agent; one whose name nearly is a known one is a slip. */
function sectionProblems({ list }: Sections, index: number, say: Say): readonly Problem[] {
  const section = list[index];
  if (section === undefined) return [];
  const { name, line } = section;
  const known = KNOWN.find((candidate) => isNamed(name, candidate));
  if (known === undefined) return slipProblems(name, line, say);
  const isRepeated = list.slice(0, index).some((earlier) => isNamed(earlier.name, known));
  if (isRepeated) return [say(line, `the section ${known} is there twice.`, "keep one of them.")];
  if (section.body !== "" || !NEEDED.some((needed) => needed === known)) return [];
  return [say(line, `the section ${known} is empty.`, "say it, or say `none`.")];
}

function slipProblems(name: string, line: number, say: Say): readonly Problem[] {
  const close = nearest(name, KNOWN);
  if (close === null) return [];
  const message = `${quoted(name)} is not a known section; did you mean ${close}?`;
  return [say(line, message, `known are ${KNOWN.join(", ")}.`)];
}

function isNamed(name: string, known: Section): boolean {
  return name.toLowerCase() === known.toLowerCase();
}

function labelsOf({ list }: Sections): readonly { readonly line: number; readonly word: string }[] {
  const section = list.find(({ name }) => isNamed(name, "Labels"));
  if (section === undefined || section.body.toLowerCase() === "none") return [];
  return section.lines.flatMap((text, index) =>
    text
      .replace(/^\s*[-*+]\s+/, "")
      .split(",")
      .map((word) => word.trim().replaceAll("`", "").toLowerCase())
      .filter((word) => word !== "")
      .map((word) => ({ line: section.line + 1 + index, word })),
  );
}

function badLabel(line: number, word: string, say: Say): Problem {
  const message = `the label \`${clip(word, 60)}\` is no word of letters, digits and . _ : / -.`;
  return say(line, message, "write one word per label, parted by commas or lines.");
}
