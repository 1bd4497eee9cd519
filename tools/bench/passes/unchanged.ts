/** Reads a Codex home once more into a store that has it all: `node unchanged.ts CODEX_HOME STORE`. */
import { benchWorld, ingestAll } from "./bench-world.ts";
import { sayPass } from "./pass.ts";

const [codexHome = "", path = ""] = process.argv.slice(2);
await using world = await benchWorld(path);
await sayPass(async () => {
  const { unchanged, bytes } = await ingestAll(world, codexHome);
  return { files: unchanged, bytes };
});
