/** Reads a Codex home into a new store and finds signals and prices in it: `node ingest.ts CODEX_HOME STORE`. */
import { recompute } from "../../../src/loop/learn.ts";
import { benchWorld, ingestAll } from "./bench-world.ts";
import { sayPass } from "./pass.ts";

const [codexHome = "", path = ""] = process.argv.slice(2);
await using world = await benchWorld(path);
await sayPass(async () => {
  const { files, bytes } = await ingestAll(world, codexHome);
  const judged = await recompute(world, { session: null, signal: new AbortController().signal });
  if (!judged.ok) throw new Error(judged.failure.message);
  return { files, bytes };
});
