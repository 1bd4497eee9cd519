import { expect, test } from "vitest";
import type { TaskState } from "../../model/task.ts";
import { ideaAfterTasks } from "./idea-after-tasks.ts";

test.each<readonly [readonly TaskState[], string | null]>([
  [["running", "failed", "parked"], "running_tasks"],
  [["claimed"], "running_tasks"],
  [["verifying", "awaiting_approval"], "running_tasks"],
  [["awaiting_approval", "parked"], "awaiting_approval"],
  [["parked", "failed", "done"], "blocked"],
  [["failed", "cancelled"], "failed"],
  [["cancelled", "done"], "cancelled"],
  [["done", "done"], null],
  [["ready", "pending"], null],
])("[RUN-11] tasks that are %s lead to %s", (tasks, idea) => {
  expect(ideaAfterTasks("running_tasks", tasks)).toBe(idea);
});

test("[RUN-11] a lifted task brings a halted idea back to its tasks", () => {
  expect(ideaAfterTasks("blocked", ["ready"])).toBe("running_tasks");
  expect(ideaAfterTasks("failed", ["ready", "done"])).toBe("running_tasks");
  expect(ideaAfterTasks("plan_ready", ["ready"])).toBeNull();
});
