import { expect, test } from "vitest";
import { cutLine, goldenLines, goldenText, rawLine, readAll } from "../../../test/fakes/raw-lines.ts";
import { seededRandom } from "../../kit/random.ts";
import type { RawLine, TraceRecord } from "../record.ts";
import { followSpine, NEW_SPINE_MEMORY } from "./follow-spine.ts";
import { spineReader } from "./spine-reader.ts";

/** The records of a file as a fold gets them, without the session record every line begins with. */
function recordsOf(lines: readonly RawLine[]): readonly TraceRecord[] {
  let memory = NEW_SPINE_MEMORY;
  return readAll(spineReader, lines).flatMap(({ records }) => {
    const followed = followSpine(memory, records);
    memory = followed.memory;
    return followed.records;
  });
}

/** Every record in a line of words, so that a whole file can be read at a glance. */
function summary(records: readonly TraceRecord[]): readonly string[] {
  return records.filter((record) => record.kind !== "session").map(wordsOf);
}

function wordsOf(record: TraceRecord): string {
  switch (record.kind) {
    case "session":
      return record.id;
    case "context":
      return `context ${record.turnId} ${record.model} ${record.approvalPolicy} ${record.sandbox}`;
    case "turn_started":
      return `turn ${record.turnId}`;
    case "turn_ended":
      return `turn ${record.turnId} ${record.outcome}`;
    case "message":
      return `${record.role}: ${record.text.replaceAll("\n", " / ")}`;
    case "call_started":
      return `call ${record.callId} ${record.tool} [${record.family}] ${record.input}`;
    case "call_item":
      return `item ${record.callId} ${record.family} ${record.changes.map((change) => `${change.kind} ${change.path}`).join()}`.trim();
    case "call_ended":
      return `end ${record.callId} ${record.verdict.outcome} ${record.verdict.exitCode}`;
    case "usage":
      return `usage ${record.tokens.total}`;
    case "token_count":
      return `tokens ${record.total.total} ${record.last.total}`;
    case "mark":
      return `${record.mark} ${record.callId ?? record.turnId ?? "-"} ${record.detail} ${record.count ?? ""}`.trim();
    default:
      return `${record.kind} ${record.kind === "unreadable" ? record.reason : record.type}`;
  }
}

test("[TRC-3] the flat shape of the recorder is read whole", () => {
  expect(summary(recordsOf(goldenLines("spine/flat.jsonl")))).toEqual([
    "turn t-1",
    "user: Add a price test. / Then run it.",
    "context t-1 gpt-5.2-codex on-request workspace-write",
    "turn t-1",
    "ignored event agent_reasoning",
    "plan_update t-1 first plan 2",
    "call p-1 apply_patch [apply_patch] add test/price.test.ts",
    "approval_asked p-1 patch",
    "approval_answered p-1 approved",
    "item p-1 apply_patch add test/price.test.ts",
    "end p-1 ok null",
    "call e-1 exec_command [npm install] npm install",
    "approval_asked e-1 exec",
    "approval_answered e-1 approved",
    "item e-1 npm install",
    "end e-1 ok 0",
    'call m-1 mcp docs.find [mcp docs.find] {"q":"price"}',
    "item m-1 mcp docs.find",
    "end m-1 failed null",
    "tokens 980 530",
    "agent: The price test is there.",
    "turn t-1 completed",
    "turn t-2",
    "user: Go on.",
    "context t-2 gpt-5.2-codex on-request workspace-write",
    "turn t-2",
    "warning t-2 output was truncated",
    "stream_error t-2 Reconnecting 1/2",
    "compaction t-2 remote",
    "ignored event context_compacted",
    "ignored bridge",
    "ignored artifact_ref",
    "error t-2 stream disconnected: timeout",
    "turn null interrupted",
    "turn t-2 interrupted",
    "unknown weather_report",
    "unknown event brand_new_event",
    "unknown submission brand_new_op",
  ]);
});

test("[TRC-3] the nested shape of hand-written files is read whole", () => {
  expect(summary(recordsOf(goldenLines("spine/nested.jsonl")))).toEqual([
    "turn one",
    "context one gpt-5.2 untrusted read-only",
    "user: Update the lock file.",
    "call c-1 exec_command [npm install] npm install --package-lock-only",
    "approval_asked c-1 exec",
    "approval_answered c-1 denied",
    "end c-1 denied_by_user null",
    "call c-2 exec_command [npm ls] npm ls",
    "approval_asked c-2 exec",
    "approval_answered c-2 approved",
    "item c-2 shell",
    "end c-2 ok 0",
    "agent: Left as it is.",
    "compaction one",
    "undo -",
    "rollback -  2",
  ]);
});

test("[TRC-3] the generator's shape is read whole", () => {
  expect(summary(recordsOf(goldenLines("spine/generated.jsonl")))).toEqual([
    "turn turn-0",
    "context turn-0 gpt-4o on-failure workspace-write",
    "user: Build it",
    "call call-0 exec_command [make all] make all",
    "item call-0 shell",
    "end call-0 failed 2",
    "call patch-0 apply_patch [apply_patch] update Makefile",
    "item patch-0 apply_patch",
    "end patch-0 failed null",
    "call call-1 exec_command [curl] curl http://example.org",
    "approval_asked call-1 exec",
    "approval_answered call-1 denied",
    "end call-1 denied_by_user null",
    "compaction turn-0",
    "error turn-0 request timeout",
    "warning turn-0 text was truncated",
  ]);
});

test("[TRC-3] every refusal of a person ends its call, also where the answer names only the turn", () => {
  for (const file of ["terminal-abort", "terminal-denied"]) {
    const ends = summary(recordsOf(goldenLines(`spine/${file}.jsonl`))).filter((words) => words.startsWith("end"));
    expect(ends).toEqual([
      "end call-1 failed 1",
      "end call-2 denied_by_user null",
      "end call-3 denied_by_user null",
      "end call-4 denied_by_user null",
    ]);
  }
});

test("[TRC-3] every word of refusal and consent is known", () => {
  const denied = ["denied", "abort", "cancel", "decline", { type: "denied" }, { type: "abort" }, "Denied"];
  const approved = [
    "approved",
    "approved_for_session",
    { approved_execpolicy_amendment: {} },
    { type: "approved" },
    "acceptForSession",
  ];
  expect(denied.map(answerTo)).toEqual(denied.map(() => "denied"));
  expect(approved.map(answerTo)).toEqual(approved.map(() => "approved"));
  expect(answerTo("perhaps")).toBe("unknown");
});

function answerTo(decision: unknown): string {
  const line = {
    type: "submission",
    thread_id: "t",
    payload: { id: "s", op: { type: "exec_approval", id: "c", decision } },
  };
  const record = spineReader.read(rawLine(JSON.stringify(line))).records[1];
  return record?.kind === "mark" ? record.detail : (record?.kind ?? "nothing");
}

test("[TRC-3] a thread knows its parent, its client and, from the artifact, its commit", () => {
  const first = readAll(spineReader, goldenLines("spine/flat.jsonl"))[0]?.records[0];
  expect(first).toMatchObject({
    kind: "session",
    id: "0195a000-2222-7000-8000-00000000000b",
    parentId: "0195a000-1111-7000-8000-00000000000a",
    originator: "codex_vscode",
    cliVersion: "0.92.0",
    cwd: "/home/ada/shop",
    startedAt: "2026-03-03T10:00:00.000Z",
  });
  const git = readAll(spineReader, goldenLines("spine/terminal-abort.jsonl"))[1]?.records;
  expect(git).toMatchObject([{ kind: "session", git: { branch: "main", url: "https://example.org/ada/shop.git" } }]);
  const nested = readAll(spineReader, goldenLines("spine/nested.jsonl"))[0]?.records[0];
  expect(nested).toMatchObject({
    id: "hand-written-1",
    git: { commit: "9".repeat(40), branch: "dev" },
    cwd: "/srv/app",
  });
});

test("[TRC-3] every line names its thread, so a later segment can be read without the first", () => {
  const lines = readAll(spineReader, goldenLines("spine/flat.jsonl").slice(5));
  expect(lines.map(({ records }) => records[0]?.kind === "session" && records[0].id)).toEqual(
    lines.map(() => "0195a000-2222-7000-8000-00000000000b"),
  );
  expect(lines[0]?.ordinal).toBe(6);
});

test("[TRC-3] a command's duration and output come from its end event", () => {
  const records = recordsOf(goldenLines("spine/flat.jsonl"));
  const item = records.find((record) => record.kind === "call_item" && record.callId === "e-1");
  expect(item).toMatchObject({
    startedAt: "2026-03-03T10:00:12.764Z",
    verdict: { statedMs: 1250, output: "added 3 packages\n" },
  });
});

test("[TRC-3] a line too long to arrive whole still gives the command's exit code, and a compaction its mark", () => {
  const end =
    goldenText("spine/terminal-abort.jsonl")
      .split("\n")[6]
      ?.replaceAll("2 tests failed", `2 tests failed ${"x".repeat(5_000)}`) ?? "";
  const cut = recordsOf([cutLine(end, { head: 1_000, tail: 5_300 })]);
  expect(summary(cut)).toEqual(["item call-1 npm test", "end call-1 failed 1"]);
  expect(cut[0]).toMatchObject({ kind: "session", id: "0195a000-1111-7000-8000-00000000000a" });

  const boundary = goldenText("spine/flat.jsonl").split("\n")[24] ?? "";
  expect(summary(recordsOf([cutLine(boundary, { head: 200, tail: 20 })]))).toEqual(["compaction -"]);
});

test("[TRC-3] an exit code inside a program's output is not taken for the command's own", () => {
  const lie = JSON.stringify({ exit_code: 0, aggregated_output: "" });
  const end = goldenText("spine/terminal-abort.jsonl").split("\n")[6] ?? "";
  const line = JSON.parse(end) as { payload: { msg: { stdout: string } } };
  line.payload.msg.stdout = lie.repeat(200);
  const text = JSON.stringify(line);
  expect(summary(recordsOf([cutLine(text, { head: 900, tail: 1_000 })]))).toContain("end call-1 failed 1");
});

test("[TRC-3] broken lines are kept with their reason", () => {
  const lines = ['{"schema_version":"codex_tra', "[1]", "17", ""].map(rawLine);
  expect(summary(recordsOf(lines))).toEqual([
    "unreadable not JSON",
    "unreadable not a JSON object",
    "unreadable not a JSON object",
    "unreadable not JSON",
  ]);
});

test("[TRC-3] a duration no date can hold leaves the start unknown", () => {
  const end = goldenText("spine/terminal-abort.jsonl").split("\n")[6]?.replace('"secs":1', '"secs":1e300') ?? "";
  expect(recordsOf([rawLine(end)])[1]).toMatchObject({ kind: "call_item", startedAt: null });
});

test("[TRC-3] hostile shapes do not throw", () => {
  const types = [
    "session_meta",
    "turn_context",
    "submission",
    "event",
    "artifact_ref",
    "compaction_boundary",
    "bridge",
    "",
  ];
  const payloads = [
    null,
    [],
    1,
    "x",
    {},
    { msg: 1, op: 1 },
    { msg: { type: "exec_command_end", call_id: "c", command: [1], duration: 1 } },
  ];
  for (const type of types) {
    for (const payload of payloads) {
      expect(() =>
        spineReader.read(rawLine(JSON.stringify({ type, thread_id: 3, seq: "x", timestamp: 1, payload }))),
      ).not.toThrow();
    }
  }
});

test("[TRC-3] no damage to a line makes the reader throw, whole or cut", () => {
  const random = seededRandom(7);
  const texts = ["flat", "nested", "generated", "terminal-abort"].flatMap((file) =>
    goldenText(`spine/${file}.jsonl`).trimEnd().split("\n"),
  );
  for (let round = 0; round < 5_000; round += 1) {
    const text = damaged(texts[Math.floor(random() * texts.length)] ?? "", random);
    const line =
      random() < 0.5
        ? rawLine(text)
        : cutLine(text, { head: Math.floor(random() * text.length), tail: Math.floor(random() * 60) });
    expect(spineReader.read(line).records.length).toBeGreaterThan(0);
  }
});

/** The text with one stretch replaced by something a parser may stumble over. */
function damaged(text: string, random: () => number): string {
  const pieces = ["", "null", "[]", '"', "\\", "{}", "-1", "\u0000", '"\\x"', "1e999"];
  const from = Math.floor(random() * text.length);
  const length = Math.floor(random() * 12);
  return text.slice(0, from) + (pieces[Math.floor(random() * pieces.length)] ?? "") + text.slice(from + length);
}
