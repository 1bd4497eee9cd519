import { createReadStream, existsSync } from "node:fs";
import { access, appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { recordsOfSession } from "../formats/spine/records-of-session.ts";
import { validateSpine, type SpineCheck } from "../formats/spine/validate-spine.ts";
import { BUNDLE_FOLDERS, writeBundle } from "../formats/spine/write-bundle.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { type Instant, instantOf } from "../model/time.ts";
import type { SessionTrace } from "../model/trace.ts";
import { loadSessionTrace } from "../store/sessions/load-session-trace.ts";
import type { Reader, Store } from "../store/store.ts";
import { findSession } from "../views/find-session.ts";

export interface WrittenBundle {
  readonly output: string;
  readonly files: readonly string[];
  readonly records: number;
}

/** Writes a session as a spine bundle into a folder that does not exist yet or is empty. */
export async function bundleSession(
  store: Store,
  wish: { readonly id: string; readonly folder: string; readonly now: number },
): Promise<Result<WrittenBundle, Failure>> {
  const now = instantOf(wish.now);
  const found = await store.read((reader) => traceOf(reader, wish.id, now));
  if (!found.ok) return found;
  const trace = found.value;
  if (existsSync(wish.folder) && (await readdir(wish.folder)).length > 0) return fail(notEmpty(wish.folder));
  for (const folder of BUNDLE_FOLDERS) await mkdir(join(wish.folder, folder), { recursive: true });
  const records = recordsOfSession(trace);
  const rolloutPaths = trace.segments.filter((segment) => segment.source === "rollout").map((segment) => segment.path);
  const files = new Set<string>();
  for await (const chunk of writeBundle(records, { threadId: trace.session.id, at: now, rolloutPaths })) {
    await appendFile(join(wish.folder, chunk.path), chunk.bytes, { mode: 0o600 });
    files.add(chunk.path);
  }
  return ok({ output: wish.folder, files: [...files], records: records.length });
}

async function traceOf(reader: Reader, said: string, now: Instant): Promise<Result<SessionTrace, Failure>> {
  const id = await findSession(reader, said);
  if (!id.ok) return id;
  const trace = await loadSessionTrace(reader, id.value, { now });
  if (trace === null) throw new Error(`session ${id.value} vanished within one read`);
  return ok(trace);
}

/** Checks a segment file, with the meta file beside it when there is one; `null` when there is no such file. */
export async function validateSegmentFile(path: string): Promise<SpineCheck | null> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const meta = join(dirname(path), path.slice(path.lastIndexOf("/") + 1).replace(/\.jsonl$/, ".meta.json"));
  return validateSpine(createReadStream(path), existsSync(meta) ? await readFile(meta, "utf8") : null);
}

function notEmpty(folder: string): Failure {
  return {
    code: "conflict",
    message: `${folder} is not empty.`,
    cause: "A bundle is written into a folder of its own and never over another.",
    hint: "Do this: name another folder.",
    retry: "never",
  };
}
