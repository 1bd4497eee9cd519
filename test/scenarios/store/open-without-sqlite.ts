/** Opens a store as an old Node would find it, in a Node whose `node:sqlite` was taken away: only the guard may answer. */
import { machineSurroundings } from "../../../src/adapters/sqlite/guards.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";

const surroundings = { ...machineSurroundings, node: process.argv[3] ?? "" };
const opened = await openSqlite({
  path: process.argv[2] ?? "",
  clock: systemClock,
  random: systemRandom,
  surroundings,
});
process.stdout.write(
  opened.ok ? "opened" : `${opened.failure.code}\n${opened.failure.message}\n${opened.failure.hint}`,
);
