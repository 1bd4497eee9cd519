import { expect, test } from "vitest";
import type { IdeaState } from "../../../src/model/idea.ts";
import { ideaStations } from "./idea-stations.ts";

function reached(state: IdeaState, more: Partial<Parameters<typeof ideaStations>[0]> = {}): readonly string[] {
  const idea = { state, state_before: null, plan: null, attempts: [], changes: [], ...more };
  return ideaStations(idea).flatMap((station) => (station.reached ? [station.name] : []));
}

test("[JOB-6] an idea is drawn as far as it has come", () => {
  expect(reached("registered")).toEqual(["registered"]);
  expect(reached("qa_review")).toEqual(["registered", "plan_ready", "running_tasks"]);
  expect(reached("completed")).toHaveLength(5);
});

test("[JOB-6] an idea that is held or failed keeps what it had reached", () => {
  expect(reached("paused", { state_before: "running_tasks" })).toEqual(["registered", "plan_ready", "running_tasks"]);
  const plan = { id: "p", source: "spec", hash: "h", created_at: "2026-11-21T00:00:00.000Z" };
  expect(reached("failed", { plan })).toEqual(["registered", "plan_ready"]);
});
