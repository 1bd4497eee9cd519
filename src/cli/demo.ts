import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { sha256 } from "../kit/hash.ts";
import { counted } from "../kit/text.ts";
import type { Failure } from "../model/failure.ts";
import type { Store } from "../store/store.ts";
import type { IdeaDetail } from "../views/shapes/idea.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore, type Opened } from "./open.ts";

const ORIGIN = "demo";

const run: Command<Context> = command<Record<never, never>, []>({
  brief: "See a failing test mended by a script in an agent's place: simulated",
  examples: ["codex-loop demo run", "codex-loop demo clear"],
  parameters: {},
  run: (context) => withStore(context, { mode: "write" }, (opened) => runDemo(context, opened)),
});

async function runDemo(context: Context, opened: Opened): Promise<number> {
  const { makeDemoRepository, DEMO_SPEC, DEMO_STEPS } = await import("../world/demo.ts");
  const { parseSpec } = await import("../formats/spec/parse-spec.ts");
  const { register } = await import("./register-idea.ts");
  const { waitForIdea } = await import("./wait-idea.ts");
  const repository = await makeDemoRepository(opened.config.settings.home, `sum-${context.clock.now()}`);
  if (!repository.ok) return context.output.fail(repository.failure);
  const spec = parseSpec({ file: "the demonstration", text: DEMO_SPEC });
  if (!spec.ok) throw new Error(`the demonstration's own specification is wrong: ${spec.failure[0]?.message ?? ""}`);
  context.output.note(`simulated: a script plays the agent; no model is asked and nothing costs anything.`);
  const id = await register(context, opened, {
    spec: spec.value,
    text: DEMO_SPEC,
    specHash: sha256(DEMO_SPEC),
    repository: repository.value,
    targetBranch: "main",
    agent: "scripted",
    script: { steps: DEMO_STEPS.map((step) => ({ ...step })) },
    caps: {},
    origin: ORIGIN,
  });
  const show = (_context: Context, store: Store, said: string, exit?: (idea: IdeaDetail) => number) =>
    showDemo(context, { ...opened, store }, { id: said, exit: exit ?? (() => 0) });
  return waitForIdea(context, opened, { id, keep: false }, show);
}

interface Shown {
  readonly id: string;
  readonly exit: (idea: IdeaDetail) => number;
}

/** The idea and the diff that came of it. */
async function showDemo(context: Context, { config, store }: Opened, { id, exit }: Shown): Promise<number> {
  const { ideaDetail } = await import("../views/idea.ts");
  const { runDiff } = await import("../views/run-files.ts");
  const { openRunFiles } = await import("../world/run-files.ts");
  const { renderIdea } = await import("./render-ideas.ts");
  const { renderDiff } = await import("./render-diff.ts");
  const idea = await store.read((reader) => ideaDetail(reader, { id, now: context.clock.now() }));
  if (!idea.ok) return context.output.fail(idea.failure);
  const last = idea.value.attempts.at(-1);
  const found = last === undefined ? null : await runDiff({ store, ...openRunFiles(config.settings.home) }, last.id);
  const diff = found?.ok === true ? found.value.diff : null;
  context.output.answer({ ...idea.value, diff }, () =>
    [renderIdea(idea.value, context.output), ...(diff === null ? [] : [renderDiff(diff, context.output)]), NEXT].join(
      "\n\n",
    ),
  );
  return exit(idea.value);
}

const NEXT = "Next: codex-loop up (the console shows the run), codex-loop demo clear (removes it)";

const clear: Command<Context> = command<Record<never, never>, []>({
  brief: "Remove every demonstration: repositories, ideas, runs and files",
  examples: ["codex-loop demo clear"],
  parameters: {},
  run: (context) => withStore(context, { mode: "existing" }, (opened) => clearDemo(context, opened)),
});

async function clearDemo(context: Context, { config, store }: Opened): Promise<number> {
  const { findIdeasOf, forgetIdeas } = await import("../store/ideas/forget-ideas.ts");
  const { openAttempts } = await import("../store/attempts/open-attempts.ts");
  const { openRunFiles } = await import("../world/run-files.ts");
  const { removeDemoRepositories } = await import("../world/demo.ts");
  const forgotten = await store.write({ actor: "operator", simulated: true }, async (tx) => {
    const ids = await findIdeasOf(tx, ORIGIN);
    const open = (await openAttempts(tx)).find(({ ideaId }) => ids.includes(ideaId));
    return open === undefined ? forgetIdeas(tx, ids) : open.id;
  });
  if (typeof forgotten === "string") return context.output.fail(stillRuns(forgotten));
  const { files } = openRunFiles(config.settings.home);
  for (const hash of forgotten.hashes) await files.remove(hash);
  await removeDemoRepositories(config.settings.home);
  const { ideas, attempts } = forgotten;
  context.output.answer({ ideas, attempts }, () =>
    ideas === 0
      ? "There was no demonstration."
      : `Gone: ${counted(ideas, "demonstration")} with ${counted(attempts, "run")}.`,
  );
  return 0;
}

function stillRuns(id: string): Failure {
  return {
    code: "conflict",
    message: `Run ${id} of a demonstration has not ended.`,
    cause: "What still runs cannot be removed.",
    hint: `Do this: wait a moment, or codex-loop run cancel ${id} first.`,
    retry: "later",
  };
}

export const demoRoutes: RouteMap<Context> = buildRouteMap<"run" | "clear", Context>({
  routes: { run, clear },
  docs: { brief: "A demonstration that needs no key: simulated" },
});
