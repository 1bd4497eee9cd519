import { createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import type { Failure } from "../model/failure.ts";
import type { Instant } from "../model/time.ts";
import type { Store } from "../store/store.ts";
import { command, text, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore, type Opened } from "./open.ts";

const PATH_PARAMETER = { kind: "tuple", parameters: [{ parse: text, brief: "File", placeholder: "PATH" }] } as const;

export const initCommand: Command<Context> = command<Record<never, never>, []>({
  brief: "Create the store",
  examples: ["codex-loop init", "codex-loop init --store ./loop.db"],
  parameters: {},
  run: (context) =>
    withStore(context, { mode: "write" }, async ({ store }) => {
      const { createStore } = await import("../loop/create-store.ts");
      const created = await createStore(store, context.clock);
      context.output.answer(
        { store: store.address, created },
        () => `The store is ${store.address}${created ? ", new" : ""}.`,
      );
      return 0;
    }),
});

const backup: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Copy the store while it is in use",
  examples: ["codex-loop store backup loop-backup.db"],
  parameters: { positional: PATH_PARAMETER },
  run: (context, _flags, path) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      if (await exists(path)) return context.output.fail(taken(path));
      await store.backup(path);
      return written(context, path);
    }),
});

const exportCommand: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Write everything as lines of JSON, the same from SQLite and Postgres",
  examples: ["codex-loop store export loop.ndjson"],
  parameters: { positional: PATH_PARAMETER },
  run: (context, _flags, path) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      if (await exists(path)) return context.output.fail(taken(path));
      const { exportStore } = await import("../store/export/export-store.ts");
      const { writeWhole } = await import("./write-whole.ts");
      await store.read((reader) => writeWhole(path, exportStore(reader)));
      return written(context, path);
    }),
});

const importCommand: Command<Context> = command<Record<never, never>, [string]>({
  brief: "Fill an empty store from an export",
  examples: ["codex-loop store import loop.ndjson --store new.db"],
  parameters: { positional: PATH_PARAMETER },
  run: async (context, _flags, path) => {
    if (!(await exists(path))) return context.output.fail(missing(path));
    return withStore(context, { mode: "write" }, async ({ store }) => {
      const { importStore } = await import("../store/export/import-store.ts");
      const rows = await store.write({ actor: "cli" }, (tx) => importStore(tx, () => createReadStream(path, "utf8")));
      const { size } = await stat(path);
      context.output.answer({ path, bytes: size, rows }, () => `${rows} rows from ${path} are in ${store.address}.`);
      return 0;
    });
  },
});

const report: Command<Context> = command<Record<never, never>, []>({
  brief: "Rows and bytes of every table",
  examples: ["codex-loop store report"],
  parameters: {},
  run: (context) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { reportStore } = await import("../store/export/report-store.ts");
      const { table } = await import("./table.ts");
      const tables = await store.read((reader) => reportStore(reader));
      const bytes = tables.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
      const columns = [
        { title: "table", value: (row: (typeof tables)[number]) => row.table },
        { title: "rows", value: (row: (typeof tables)[number]) => String(row.rows), align: "right" as const },
        { title: "bytes", value: (row: (typeof tables)[number]) => String(row.bytes ?? "–"), align: "right" as const },
      ];
      context.output.answer({ path: store.address, bytes, tables }, () => table(tables, columns, context.output));
      return 0;
    }),
});

const prune: Command<Context> = command<{ readonly olderThan: number; readonly dryRun: boolean }, []>({
  brief: "Delete what was read from sessions older than so many days; events stay",
  examples: ["codex-loop store prune --older-than 90 --dry-run", "codex-loop store prune --older-than 90"],
  parameters: {
    flags: {
      olderThan: {
        kind: "parsed",
        parse: days,
        brief: "Days since the session's last line, `90` or `90d`",
        placeholder: "D",
      },
      dryRun: { kind: "boolean", default: false, withNegated: false, brief: "Only say how many sessions would go" },
    },
  },
  run: (context, flags) => withStore(context, { mode: "existing" }, (opened) => pruneOld(context, opened, flags)),
});

async function pruneOld(
  context: Context,
  { store }: Opened,
  flags: { readonly olderThan: number; readonly dryRun: boolean },
): Promise<number> {
  const { instantOf } = await import("../model/time.ts");
  const { countOldSessions } = await import("../store/export/count-old-sessions.ts");
  const before = instantOf(context.clock.now() - flags.olderThan * 86_400_000);
  const found = await store.read((reader) => countOldSessions(reader, before));
  const removed = flags.dryRun ? { sessions: 0, rows: 0 } : await pruneAll(store, before);
  const document = { path: store.address, bytes: null, before, found, ...removed, dry_run: flags.dryRun };
  context.output.answer(document, () =>
    flags.dryRun ? `${found} sessions would go.` : `${removed.sessions} sessions and ${removed.rows} rows are gone.`,
  );
  return 0;
}

async function pruneAll(store: Store, before: Instant): Promise<{ sessions: number; rows: number }> {
  const { pruneSessions } = await import("../store/export/prune-sessions.ts");
  const total = { sessions: 0, rows: 0 };
  for (;;) {
    const { sessions, rows } = await store.write({ actor: "cli" }, (tx) => pruneSessions(tx, { before, limit: 200 }));
    if (sessions === 0) return total;
    total.sessions += sessions;
    total.rows += rows;
  }
}

export const storeRoutes: RouteMap<Context> = buildRouteMap<
  "backup" | "export" | "import" | "report" | "prune",
  Context
>({
  routes: { backup, export: exportCommand, import: importCommand, report, prune },
  docs: { brief: "Keep the data: backup, export, import, size, prune" },
});

function days(input: string): number {
  return wholeNumber(input.replace(/d$/, ""));
}

async function written(context: Context, path: string): Promise<number> {
  const { size } = await stat(path);
  context.output.answer({ path, bytes: size }, () => `Written: ${path} (${size} bytes)`);
  return 0;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function taken(path: string): Failure {
  return {
    code: "conflict",
    message: `There is a file at ${path} already.`,
    cause: "A backup or export never overwrites anything.",
    hint: "Do this: name another file, or move that one away.",
    retry: "never",
  };
}

function missing(path: string): Failure {
  return {
    code: "path_missing",
    message: `There is nothing at ${path}.`,
    cause: "It was named as the export to import.",
    hint: "Do this: check the spelling.",
    retry: "never",
  };
}
