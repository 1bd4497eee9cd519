import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCorpus, type Corpus, type CorpusOptions } from "./generate-corpus.ts";

/** A generated Codex home with an empty home folder beside it; both are gone at the end of the block. */
export interface TemporaryCorpus extends Corpus, Disposable {
  /** `CODEX_HOME` with the recordings. */
  readonly codexHome: string;
  /** Folder for stores and for whatever a program keeps in its home. */
  readonly home: string;
}

const SEED = 1;

export function temporaryCorpus(options: Omit<CorpusOptions, "folder" | "seed">): TemporaryCorpus {
  const folder = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
  const codexHome = join(folder, "codex");
  const corpus = generateCorpus({ ...options, folder: codexHome, seed: SEED });
  return { ...corpus, codexHome, home: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
