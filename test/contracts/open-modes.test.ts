import { expect, test } from "vitest";
import { FailureError } from "../../src/model/failure.ts";
import { STEPS, type Step } from "../../src/store/migrate/steps.ts";
import { schemaVersion } from "../../src/store/export/schema-version.ts";
import { type OpenStore, storeSuite, type SuiteOptions } from "./store-harness.ts";

const NEXT: Step = {
  version: 3,
  name: "next",
  sqlite: "create table next (n integer primary key) strict;",
  postgres: "create table next (n bigint primary key);",
};

/** The code a store is refused with; `opened` when it is not. */
async function codeOf(open: OpenStore, options: SuiteOptions): Promise<string> {
  try {
    await using store = await open(options);
    return store.kind === "sqlite" || store.kind === "postgres" ? "opened" : "unknown";
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
}

storeSuite("opening a store", (open) => {
  test("[STO-2] asking never makes a store", async () => {
    expect(await codeOf(open, { mode: "read" })).toBe("path_missing");
    expect(await codeOf(open, { mode: "existing" })).toBe("path_missing");
    expect(await codeOf(open, { mode: "read" })).toBe("path_missing");
    expect(await codeOf(open, { mode: "write" })).toBe("opened");
    expect(await codeOf(open, { mode: "read" })).toBe("opened");
    expect(await codeOf(open, { mode: "existing" })).toBe("opened");
  });

  test("[STO-2] asking never changes an older store; what may write brings it up to date", async () => {
    expect(await codeOf(open, {})).toBe("opened");
    const steps = [...STEPS, NEXT];
    expect(await codeOf(open, { mode: "read", steps })).toBe("store_older");
    expect(await codeOf(open, { mode: "read" })).toBe("opened");
    expect(await codeOf(open, { mode: "existing", steps })).toBe("opened");
    await using store = await open({ mode: "read", steps });
    expect(await store.read(schemaVersion)).toBe(3);
    expect(await codeOf(open, { mode: "read" })).toBe("store_newer");
  });
});
