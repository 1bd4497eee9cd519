import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import type { ArtifactName } from "../../src/model/verdict.ts";
import { listArtifacts } from "../../src/store/artifacts/list-artifacts.ts";
import { pruneArtifacts } from "../../src/store/artifacts/prune-artifacts.ts";
import { putArtifact, type ArtifactWish } from "../../src/store/artifacts/put-artifact.ts";
import type { Store } from "../../src/store/store.ts";
import { putWork } from "./agent-run-rows.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const DAY = 86_400_000;

const put = (store: Store, wish: ArtifactWish) => store.write(STAMP, (tx) => putArtifact(tx, wish));
const file = (attempt: string, name: ArtifactName, sha256: string): ArtifactWish => ({
  attemptId: idOf.attempt(attempt),
  name,
  sha256,
  bytes: 7,
  redaction: 1,
});

async function listed(store: Store, attempt: string): Promise<readonly unknown[]> {
  const rows = await store.read((reader) => listArtifacts(reader, idOf.attempt(attempt)));
  return rows.map(({ name, sha256, absent }) => [name, sha256 ?? absent]);
}

storeSuite("artifacts", (open) => {
  test("[RUN-9] what an attempt left is listed, and what it did not, with the reason", async () => {
    await using store = await open();
    await put(store, file("a", "test.log", "aa"));
    await put(store, { attemptId: idOf.attempt("a"), name: "plan.md", absent: "not_asked" });
    expect(await listed(store, "a")).toEqual([
      ["plan.md", "not_asked"],
      ["test.log", "aa"],
    ]);
  });

  test("[RUN-9] handing a file over again replaces it, and a late `absent` never hides a file", async () => {
    await using store = await open();
    await put(store, { attemptId: idOf.attempt("a"), name: "test.log", absent: "not_reached" });
    await put(store, file("a", "test.log", "aa"));
    await put(store, file("a", "test.log", "bb"));
    await put(store, { attemptId: idOf.attempt("a"), name: "test.log", absent: "not_produced" });
    expect(await listed(store, "a")).toEqual([["test.log", "bb"]]);
  });

  test("[RUN-9] old files are forgotten, and only hashes that nobody points at are given back", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await putWork(store, "old", { attempt: { state: "ended", ended_at: instantOf(SUITE_START) } });
    await putWork(store, "new", { attempt: { state: "ended", ended_at: instantOf(SUITE_START + 20 * DAY) } });
    await putWork(store, "open", {});
    await put(store, file("a-old", "test.log", "mine"));
    await put(store, file("a-old", "patch.diff", "shared"));
    await put(store, file("a-new", "patch.diff", "shared"));
    await put(store, file("a-open", "plan.md", "open"));
    await store.write(STAMP, (tx) => tx.db.insertInto("checks").values(check("a-old", "output")).execute());
    clock.advance(30 * DAY);
    expect(await store.write(STAMP, (tx) => pruneArtifacts(tx, 15))).toEqual(["mine", "output"]);
    expect(await listed(store, "a-old")).toEqual([
      ["patch.diff", "pruned"],
      ["test.log", "pruned"],
    ]);
    expect(await listed(store, "a-new")).toEqual([["patch.diff", "shared"]]);
    expect(await listed(store, "a-open")).toEqual([["plan.md", "open"]]);
    expect(await store.write(STAMP, (tx) => pruneArtifacts(tx, 15))).toEqual([]);
    expect(await store.write(STAMP, (tx) => pruneArtifacts(tx, 5))).toEqual(["shared"]);
  });
});

function check(attempt: string, output: string) {
  return {
    attempt_id: attempt,
    number: 1,
    name: "unit",
    command: '["npm","test"]',
    passed: 1,
    exit_code: 0,
    timed_out: 0,
    seconds: 1.5,
    output_sha256: output,
    ran_at: instantOf(SUITE_START),
  };
}
