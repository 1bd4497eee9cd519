/** What any reader must at least do: read the bytes and parse the lines. `node parse.ts CODEX_HOME` */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sayPass } from "./pass.ts";

const [root = ""] = process.argv.slice(2);
await sayPass(async () => {
  const total = { files: 0, bytes: 0 };
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".jsonl")) continue;
    const bytes = readFileSync(join(root, name));
    for (const line of bytes.toString("utf8").split("\n")) if (line !== "") JSON.parse(line);
    total.files += 1;
    total.bytes += bytes.length;
  }
  return total;
});
