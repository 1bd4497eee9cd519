/** The race for our own git, behind the walls of this machine: what they do not keep is what we read and remove ourselves. */
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSandbox } from "../../src/world/sandbox.ts";
import { attemptBench } from "../fakes/runner/attempt-bench.ts";
import { aVictim, SPARE, swappingAgent } from "../fakes/runner/swapping-agent.ts";

test("[RUN-4] behind walls, too, a program that swaps folders with links has ended before we commit", async () => {
  using place = attemptBench({ parent: homedir() });
  const victim = aVictim(join(place.folder, "victim"));
  const whole = victim.left();
  const walls = openSandbox({ codexBinary: null });
  using bench = attemptBench({
    files: { ".gitignore": SPARE },
    agent: swappingAgent(victim),
    walls,
    parent: homedir(),
  });
  for (let round = 0; round < 20; round += 1) {
    await bench.run();
    expect(victim.left()).toEqual(whole);
    expect(bench.host.verdict).toMatchObject({ outcome: "succeeded", failure: null, turns: 1, survivors: 0 });
    expect(bench.host.artifacts.get("patch.diff")).toContain("nested");
    expect(bench.host.artifacts.get("patch.diff")).not.toContain(victim.secret);
  }
});
