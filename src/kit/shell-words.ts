/** Longer scripts are read to here, where nobody says how far: a family needs only the first command. */
const LIMIT = 4096;

/**
 * Splits a shell script into simple commands, each a list of words with quotes and escapes resolved. Redirections and
 * comments are left out, substitutions stay as they are written, and the script ends where a here-document begins.
 */
export function simpleCommands(script: string, limit: number = LIMIT): readonly (readonly string[])[] {
  const scan = new Scan(script.length > limit ? script.slice(0, limit) : script);
  while (scan.step());
  return scan.finish();
}

/** One pass over a script. Owns the position and the word and command under construction. */
class Scan {
  readonly #text: string;
  readonly #commands: string[][] = [];
  #at = 0;
  #word: string | null = null;
  #words: string[] = [];
  #skipWord = false;
  #hereDocument = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one character or one quoted stretch; `false` at the end. */
  step(): boolean {
    const char = this.#text[this.#at];
    if (char === undefined) return false;
    if (char === "'" || char === '"') this.#quoted(char);
    else if (char === "\\") this.#escaped();
    else if (char === "$" && this.#text[this.#at + 1] === "(") this.#upTo(this.#closing());
    else if (char === "`") this.#upTo(this.#after("`"));
    else if (char === "#" && this.#word === null) this.#at = this.#lineEnd();
    else if (char === "<" || char === ">") this.#redirect(char);
    else if (char === "\n" && this.#hereDocument) this.#at = this.#text.length;
    else if ("|&;()\n".includes(char)) this.#endCommand();
    else if (char === " " || char === "\t" || char === "\r") this.#endWord();
    else this.#append(char);
    this.#at += 1;
    return true;
  }

  finish(): readonly (readonly string[])[] {
    this.#endCommand();
    return this.#commands;
  }

  #append(text: string): void {
    this.#word = (this.#word ?? "") + text;
  }

  #endWord(): void {
    if (this.#word !== null && !this.#skipWord) this.#words.push(this.#word);
    if (this.#word !== null) this.#skipWord = false;
    this.#word = null;
  }

  #endCommand(): void {
    this.#endWord();
    this.#skipWord = false;
    if (this.#words.length > 0) this.#commands.push(this.#words);
    this.#words = [];
  }

  #quoted(quote: string): void {
    this.#append("");
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === quote) return;
      const escapes = quote === '"' && char === "\\" && '"\\$`\n'.includes(this.#text[this.#at + 1] ?? " ");
      if (escapes) this.#at += 1;
      this.#append(this.#text[this.#at] ?? "");
    }
  }

  #escaped(): void {
    this.#at += 1;
    const char = this.#text[this.#at];
    if (char !== undefined && char !== "\n") this.#append(char);
  }

  /** `2>&1`, `>> file`, `<<'EOF'`: the descriptor before and the target behind are no words of the command. */
  #redirect(char: string): void {
    if (this.#word !== null && /^\d+$/.test(this.#word)) this.#word = null;
    this.#endWord();
    let end = this.#at + 1;
    while (this.#text[end] === char) end += 1;
    if (char === "<" && end - this.#at === 2) this.#hereDocument = true;
    while (/[&|-]/.test(this.#text[end] ?? " ")) end += 1;
    this.#at = end - 1;
    this.#skipWord = true;
  }

  #upTo(end: number): void {
    this.#append(this.#text.slice(this.#at, end + 1));
    this.#at = end;
  }

  #after(mark: string): number {
    const end = this.#text.indexOf(mark, this.#at + 1);
    return end < 0 ? this.#text.length : end;
  }

  #lineEnd(): number {
    return this.#after("\n") - 1;
  }

  #closing(): number {
    let depth = 0;
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      if (this.#text[at] === "(") depth += 1;
      if (this.#text[at] === ")") depth -= 1;
      if (depth === 0) return at;
    }
    return this.#text.length;
  }
}
