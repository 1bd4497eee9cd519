import type { Context } from "./context.ts";
import type { Opened } from "./open.ts";

/** Prints one run, with its diff where it is asked for; with `--json` the diff is a field. */
export async function showRun(
  context: Context,
  { config, store }: Opened,
  { id, withDiff }: { readonly id: string; readonly withDiff: boolean },
): Promise<number> {
  const { runDetail } = await import("../views/run.ts");
  const { runDiff } = await import("../views/run-files.ts");
  const { openRunFiles } = await import("../world/run-files.ts");
  const { renderRun } = await import("./render-runs.ts");
  const { renderDiff } = await import("./render-diff.ts");
  const runFiles = openRunFiles(config.settings.home);
  const pathOf = (sha256: string): string => runFiles.files.pathOf(sha256);
  const run = await store.read((reader) => runDetail(reader, { id, now: context.clock.now(), pathOf }));
  if (!run.ok) return context.output.fail(run.failure);
  const found = withDiff ? await runDiff({ store, ...runFiles }, run.value.id) : null;
  const diff = found?.ok === true ? found.value.diff : null;
  context.output.answer(withDiff ? { ...run.value, diff } : run.value, () => {
    const shown = renderRun(run.value, context.output);
    return withDiff ? `${shown}\n\n${diff === null ? "It changed nothing." : renderDiff(diff, context.output)}` : shown;
  });
  return 0;
}
