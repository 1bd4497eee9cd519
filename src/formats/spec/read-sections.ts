export interface Section {
  readonly name: string;
  /** Of its heading, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
  /** Its lines without blank ones at both ends. */
  readonly body: string;
}

export interface Sections {
  readonly titles: readonly { readonly text: string; readonly line: number }[];
  readonly list: readonly Section[];
}

/** Cuts Markdown at its `#` and `##` headings; such lines within code fences are text. */
export function readSections(text: string): Sections {
  const titles: { text: string; line: number }[] = [];
  const list: { name: string; line: number; lines: string[] }[] = [];
  let fence: string | null = null;
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    const heading: RegExpExecArray | null = fence === null ? /^(#{1,2})(?:[ \t]+(.*))?$/.exec(line) : null;
    if (fence === null) fence = mark;
    else if (mark !== null && mark.startsWith(fence)) fence = null;
    if (heading === null) list.at(-1)?.lines.push(line);
    else if (heading[1] === "#") titles.push({ text: headingText(heading[2]), line: index + 1 });
    else list.push({ name: headingText(heading[2]), line: index + 1, lines: [] });
  }
  return { titles, list: list.map((section) => ({ ...section, body: bodyOf(section.lines) })) };
}

function headingText(text: string = ""): string {
  return text.replace(/[ \t]+#+[ \t]*$/, "").trim();
}

function bodyOf(lines: readonly string[]): string {
  return lines
    .join("\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
}
