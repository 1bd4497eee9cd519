import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchStore } from "../../test/fakes/trace-of-scenario.ts";
import { operatorToken } from "./operator-token.ts";
import { openRedaction } from "./redaction.ts";

test("[TRC-10] the operator's token beside the store is redacted wherever it stands, and is not made for that", async () => {
  const home = await mkdtemp(join(tmpdir(), "codex-loop-redaction-"));
  try {
    await using store = await scratchStore(join(home, "store.db"));
    const secrets = { database_url: null, "gateway.upstream_key": null, "github.token": null };
    const before = await openRedaction(store, { secrets, home });
    const token = await operatorToken(home);
    expect(before(`it is ${token}.`)).toContain(token);
    const redact = await openRedaction(store, { secrets, home });
    expect(redact(`it is ${token}.`)).toMatch(/^it is \[redacted:known:[0-9a-f]{6}\]\.$/);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
