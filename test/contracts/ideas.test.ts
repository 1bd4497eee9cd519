import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import { changeIdea, type IdeaMove } from "../../src/store/ideas/change-idea.ts";
import { findIdeaIds } from "../../src/store/ideas/find-idea-ids.ts";
import { getIdea } from "../../src/store/ideas/get-idea.ts";
import { listIdeas } from "../../src/store/ideas/list-ideas.ts";
import { registerIdea } from "../../src/store/ideas/register-idea.ts";
import type { Store } from "../../src/store/store.ts";
import { changeTask } from "../../src/store/tasks/change-task.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";
import { ended, ending, ideaNow, ideaWish, plannedTask, runningAttempt, STAMP, text } from "../fakes/delivery.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

type IdeaId = Awaited<ReturnType<typeof registerIdea>>["id"];

async function move(store: Store, id: IdeaId, wish: IdeaMove): Promise<string | null> {
  const idea = await store.write(STAMP, (tx) => changeIdea(tx, id, wish));
  return idea?.state ?? null;
}

async function told(store: Store, type: string): Promise<readonly unknown[]> {
  const events = await loggedEvents(store);
  return events.filter((event) => event.type === type).map((event) => event.payload);
}

storeSuite("ideas", (open) => {
  test("[JOB-4] an idea is kept as it was handed in, and told once", async () => {
    await using store = await open();
    const script = { steps: [{ say: "hello" }] };
    const wish = ideaWish({ agent: "scripted", script, caps: { turns: 3 }, simulated: true, risk: text("high") });
    const idea = await store.write(STAMP, (tx) => registerIdea(tx, wish));
    expect(idea).toMatchObject({ ...wish, state: "registered", stateBefore: null, reason: null });
    expect(await store.read((reader) => getIdea(reader, idea.id))).toEqual(idea);
    expect(await store.read((reader) => getIdea(reader, idOf.idea("none")))).toBeNull();
    expect(await told(store, "idea.registered")).toEqual([{ agent: "scripted", origin: "cli", spec: wish.specHash }]);
  });

  test("[JOB-4] ideas are listed from the latest, by state, and found by the start of their id", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const ids: IdeaId[] = [];
    for (const _ of [1, 2, 3]) {
      ids.push((await store.write(STAMP, (tx) => registerIdea(tx, ideaWish()))).id);
      clock.advance(1_000);
    }
    const [first = idOf.idea(""), second = idOf.idea("")] = ids;
    await move(store, second, { to: "cancelled" });
    const listed = await store.read((reader) => listIdeas(reader, { limit: 2 }));
    expect(listed.map((idea) => idea.id)).toEqual(ids.toReversed().slice(0, 2));
    const walking = await store.read((reader) => listIdeas(reader, { states: ["registered"], limit: 10 }));
    expect(walking.map((idea) => idea.id)).toEqual([ids[2], first]);
    expect(await store.read((reader) => findIdeaIds(reader, { start: first, limit: 5 }))).toEqual([first]);
    const tail = (ids[1] ?? "").slice(-8);
    expect(await store.read((reader) => findIdeaIds(reader, { start: tail, limit: 5 }))).toEqual([ids[1]]);
    expect(await store.read((reader) => findIdeaIds(reader, { start: tail.slice(1), limit: 5 }))).toEqual([]);
    expect(await store.read((reader) => findIdeaIds(reader, { start: "%", limit: 5 }))).toEqual([]);
    expect(await store.read((reader) => findIdeaIds(reader, { start: "", limit: 5 }))).toEqual(ids);
  });

  test("[RUN-12] halts remember where the idea walked, however many follow each other", async () => {
    await using store = await open();
    const { ideaId } = await plannedTask(store);
    expect(await move(store, ideaId, { to: "awaiting_approval", reason: "risk" })).toBe("awaiting_approval");
    expect(await move(store, ideaId, { to: "paused", reason: "operator", detail: text("lunch") })).toBe("paused");
    const paused = await store.read((reader) => ideaNow(reader, ideaId));
    expect(paused).toMatchObject({ stateBefore: "plan_ready", reason: "operator", detail: "lunch" });
    expect(await move(store, ideaId, { to: "before" })).toBe("plan_ready");
    expect(await store.read((reader) => ideaNow(reader, ideaId))).toMatchObject({ stateBefore: null, reason: null });
    expect(await move(store, ideaId, { to: "before" })).toBeNull();
    expect((await told(store, "idea.changed")).slice(1)).toEqual([
      { from: "plan_ready", to: "awaiting_approval", reason: "risk" },
      { from: "awaiting_approval", to: "paused", reason: "operator" },
      { from: "paused", to: "plan_ready" },
    ]);
  });

  test("[RUN-11] an illegal move changes nothing and tells nothing", async () => {
    await using store = await open();
    const { ideaId } = await plannedTask(store);
    await move(store, ideaId, { to: "cancelled" });
    const before = await store.read((reader) => ideaNow(reader, ideaId));
    for (const to of ["running_tasks", "completed", "paused", "failed"] as const)
      expect(await move(store, ideaId, { to })).toBeNull();
    expect(await store.read((reader) => ideaNow(reader, ideaId))).toEqual(before);
    expect(await told(store, "idea.changed")).toHaveLength(2);
    expect(await move(store, idOf.idea("none"), { to: "cancelled" })).toBeNull();
  });

  test("[RUN-12] a paused idea stays paused while its task ends, and goes on from there", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    expect(await store.read((reader) => ideaNow(reader, task.ideaId))).toMatchObject({ state: "running_tasks" });
    await move(store, task.ideaId, { to: "paused" });
    await ended(store, attempt, ending("capped", "CAP_USD"));
    expect(await store.read((reader) => ideaNow(reader, task.ideaId))).toMatchObject({
      state: "paused",
      stateBefore: "blocked",
    });
    expect(await move(store, task.ideaId, { to: "before" })).toBe("blocked");
  });

  test("[RUN-11] an idea follows its task with the reason", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    await ended(store, attempt, ending("failed", "ACCEPTANCE_COMMAND_FAILED"));
    const idea = await store.read((reader) => ideaNow(reader, task.ideaId));
    expect(idea).toMatchObject({ state: "failed", reason: "ACCEPTANCE_COMMAND_FAILED", detail: "so it went" });
    const [failed] = await store.read((reader) => listTasks(reader, task.ideaId));
    expect(failed).toMatchObject({ state: "failed", reason: "ACCEPTANCE_COMMAND_FAILED", detail: "so it went" });
    await store.write(STAMP, (tx) => changeTask(tx, task.id, { to: "cancelled" }));
    expect(await store.read((reader) => ideaNow(reader, task.ideaId))).toMatchObject({ state: "cancelled" });
  });
});
