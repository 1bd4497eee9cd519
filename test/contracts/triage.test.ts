import { expect, test } from "vitest";
import { instantOf } from "../../src/model/time.ts";
import { triageRows } from "../../src/views/triage.ts";
import { putAttempt, putWork } from "./agent-run-rows.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const at = (minutes: number): string => instantOf(SUITE_START + minutes * 60_000);

storeSuite("triage", (open) => {
  test("[OPS-6] failures are grouped by code, what holds tasks first, each with its category and next command", async () => {
    await using store = await open();
    const failed = (code: string, minutes: number) => ({
      state: "ended",
      outcome: "failed",
      failure_code: code,
      failure_detail: `said ${minutes}`,
      ended_at: at(minutes),
    });
    const held = (reason: string) => ({ state: "failed", reason });
    await putWork(store, "1", { task: held("SETUP_FAILED"), attempt: failed("SETUP_FAILED", 1) });
    await putWork(store, "2", { task: held("SETUP_FAILED"), attempt: failed("SETUP_FAILED", 2) });
    await putWork(store, "3", { task: { state: "done" }, attempt: failed("AGENT_FAILED", 3) });
    for (const number of [2, 3, 4]) {
      await putAttempt(store, {
        id: `a-3-${number}`,
        idea_id: "i-3",
        task_id: "t-3",
        number,
        ...failed("AGENT_FAILED", number),
      });
    }
    await putWork(store, "4", {
      idea: { repository: "/my repo", simulated: 1 },
      task: { state: "failed", reason: "INVALID_PROFILE", detail: "line 3", updated_at: at(9) },
    });
    await putWork(store, "5", { attempt: { state: "ended", outcome: "succeeded", ended_at: at(5) } });
    await putWork(store, "6", { attempt: failed("AGENT_FAILED", -99_999) });
    const rows = await store.read((reader) => triageRows(reader, instantOf(SUITE_START)));
    expect(rows.map((row) => [row.code, row.category, row.held, row.tasks, row.count, row.latest, row.next])).toEqual([
      ["SETUP_FAILED", "runtime_state", 2, 2, 2, at(2), "codex-loop run logs a-2"],
      ["INVALID_PROFILE", "input_validation", 1, 1, 1, at(9), "codex-loop doctor --repo '/my repo'"],
      ["AGENT_FAILED", "runtime_error", 0, 1, 4, at(4), "codex-loop run logs a-3-4"],
    ]);
    expect(rows[0]?.example).toEqual({
      attempt_id: "a-2",
      task_id: "t-2",
      idea_id: "i-2",
      repository: "/repo",
      detail: "said 2",
    });
    expect(rows[1]).toMatchObject({ simulated: 1, example: { attempt_id: null, detail: "line 3" } });
  });

  test("[OPS-6] what was only simulated is a group of its own, after the real one", async () => {
    await using store = await open();
    const failed = (simulated: 0 | 1) => ({
      idea: { simulated },
      task: { state: "failed", reason: "AGENT_FAILED" },
      attempt: { simulated, state: "ended", outcome: "failed", failure_code: "AGENT_FAILED", ended_at: at(1) },
    });
    await putWork(store, "1", failed(1));
    await putWork(store, "2", failed(0));
    await putWork(store, "3", failed(1));
    await putWork(store, "4", failed(0));
    const rows = await store.read((reader) => triageRows(reader, instantOf(SUITE_START)));
    expect(rows.map(({ code, count, held, simulated }) => [code, count, held, simulated])).toEqual([
      ["AGENT_FAILED", 2, 2, 0],
      ["AGENT_FAILED", 2, 2, 2],
    ]);
    expect(rows.map(({ example }) => example.task_id)).toEqual([
      expect.stringMatching(/t-[24]/),
      expect.stringMatching(/t-[13]/),
    ]);
  });

  test("[OPS-6] a task that was parked without a run is asked about itself", async () => {
    await using store = await open();
    await putWork(store, "1", { task: { state: "parked", reason: "CAP_TURNS" } });
    const rows = await store.read((reader) => triageRows(reader, instantOf(SUITE_START)));
    expect(rows.map(({ next }) => next)).toEqual(["codex-loop explain t-1"]);
    expect(await store.read((reader) => triageRows(reader, instantOf(SUITE_START + 1)))).toEqual([]);
    await putWork(store, "2", { task: { state: "failed", reason: "GIT_PUSH_REFUSED" } });
    await putWork(store, "3", { task: { state: "failed", reason: "operator" } });
    const both = await store.read((reader) => triageRows(reader, instantOf(SUITE_START)));
    expect(both.map(({ code }) => code)).toEqual(["CAP_TURNS", "GIT_FAILED"]);
    await putWork(store, "4", { task: { state: "parked", reason: "NO_CODE_HOST" } });
    const named = await store.read((reader) => triageRows(reader, instantOf(SUITE_START)));
    expect(named).toContainEqual(
      expect.objectContaining({
        code: "NO_CODE_HOST",
        category: "github_api",
        next: "codex-loop config show --origin",
      }),
    );
  });
});
