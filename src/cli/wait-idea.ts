/** `--wait`: an idea is carried to its end by this process, or by the server where one runs, and followed meanwhile. */
import { setTimeout as pause } from "node:timers/promises";
import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId } from "../model/ids.ts";
import type { IdeaDetail } from "../views/shapes/idea.ts";
import type { WaitWish } from "./carry.ts";
import type { Context } from "./context.ts";
import { LiveBlock } from "./live-block.ts";
import { liveLine, newsOf } from "./live-lines.ts";
import type { Opened } from "./open.ts";
import { showIdea } from "./show-idea.ts";
import { watchStandstill } from "./standstill.ts";
import { waitEnd } from "./wait-end.ts";

/** How often the store is looked at: another process may be the one that writes. */
const LOOK_MS = 250;

/** Exits 0 completed, 1 failed, 3 a gate said no, 7 a change waits for a person, 75 held back, 130 on Ctrl-C. */
export async function waitForIdea(
  context: Context,
  opened: Opened,
  wish: WaitWish,
  show: ShowEnd = showIdea,
): Promise<number> {
  const { carry } = await import("./carry.ts");
  const carried = await carry(context, opened, wish);
  if (!carried.ok) return context.output.fail(carried.failure);
  const end = await followCarried(context, opened, { id: wish.id, carried: carried.value });
  if (!end.ok) return context.output.fail(end.failure);
  const exit = end.value;
  if (exit === null) return interrupted(context, opened, wish.id);
  return show(context, opened.store, wish.id, () => exit);
}

/** Prints what came of it. */
export type ShowEnd = typeof showIdea;

/** `idea resume --wait`: what is held is let go on; what goes on already is only waited for. */
export async function waitAgain(context: Context, opened: Opened, said: string): Promise<number> {
  const { resumeIdea } = await import("../loop/operate-idea.ts");
  const { findIdea } = await import("../views/find-id.ts");
  const found = await opened.store.read((reader) => findIdea(reader, said));
  if (!found.ok) return context.output.fail(found.failure);
  const id = found.value;
  const resumed = await opened.store.write({ actor: "operator" }, (tx) => resumeIdea(tx, id));
  if (!resumed.ok && resumed.failure.code !== "conflict") return context.output.fail(resumed.failure);
  return waitForIdea(context, opened, { id, keep: false });
}

/** What was started for it has ended before anything more is said. */
async function followCarried(
  context: Context,
  opened: Opened,
  { id, carried }: { readonly id: IdeaId; readonly carried: AsyncDisposable },
): Promise<Result<number | null, Failure>> {
  await using _ = carried;
  return await follow(context, opened, id);
}

/** The exit code that the idea's end means; `null`: Ctrl-C. */
async function follow(context: Context, opened: Opened, id: IdeaId): Promise<Result<number | null, Failure>> {
  const { store } = opened;
  const { ideaDetail } = await import("../views/idea.ts");
  const { runRows } = await import("../views/runs.ts");
  const block = new LiveBlock(context.output, context.stderr);
  const standstill = watchStandstill(context, opened, id);
  let before: IdeaDetail | null = null;
  for (;;) {
    const now = context.clock.now();
    const idea = await store.read((reader) => ideaDetail(reader, { id, now }));
    if (!idea.ok) return idea;
    const runs = await store.read((reader) => runRows(reader, { ideaId: id, limit: 20, now }));
    const news = newsOf(before, idea.value);
    if (news.length > 0) block.clear();
    for (const line of news) context.output.note(line);
    before = idea.value;
    const isOpen = runs.some(({ state }) => state !== "ended");
    const end = waitEnd(idea.value) ?? (await standstill(isOpen || idea.value.waiting > 0));
    if (end !== null || context.stop.aborted) {
      block.clear();
      return ok(end);
    }
    block.draw(runs.filter(({ state }) => state !== "ended").map((run) => liveLine(run, now)));
    await pause(LOOK_MS, undefined, { signal: context.stop }).catch(() => undefined);
  }
}

/** Whatever ran here has ended with us, and says nothing about the task: it is tried again when somebody waits again. */
async function interrupted(context: Context, { store }: Opened, id: IdeaId): Promise<number> {
  context.output.note(`Nothing is lost. Go on with: codex-loop idea resume ${id} --wait`);
  return showIdea(context, store, id, () => 130);
}
