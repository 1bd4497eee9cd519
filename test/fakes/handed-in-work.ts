/** A repository and a specification to hand in, worked on by a script. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Around, documentOf, mustCall } from "./run-cli.ts";
import { targetRepository } from "./runner/target-repository.ts";

const SPEC = "# Greet\n\n## Goal\n\nSay hello.\n\n## Constraints\n\nNone.\n\n## Success metrics\n\nIt greets.\n";

/** A repository and the words that hand in work for it, whose script is `steps`. */
export function work({ home }: Around, steps: string): { readonly folder: string; readonly add: readonly string[] } {
  const folder = join(home, "shop");
  targetRepository(folder, { "README.md": "Shop\n" });
  const [spec, script] = [join(home, "SPEC.md"), join(home, "script.yaml")];
  writeFileSync(spec, SPEC);
  writeFileSync(script, `steps:\n${steps}`);
  return { folder, add: ["idea", "add", "--repo", folder, "--file", spec, "--agent", "scripted", "--script", script] };
}

/** What a command answers with `--json`. */
export async function json(words: readonly string[], around: Around): Promise<unknown> {
  return documentOf(await mustCall([...words, "--json"], around));
}
