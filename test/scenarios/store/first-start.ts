/** Opens a store the moment its parent says so, prints how many schema steps stand in it, and closes it. */
import { once } from "node:events";
import { openShared, type Shared } from "../jobs/open-shared.ts";

// The order is our own test's.
const shared = JSON.parse(process.argv[2] ?? "") as Shared;
process.stdout.write("ready\n");
await once(process.stdin, "data");
await using store = await openShared(shared);
const steps = await store.read((reader) => reader.db.selectFrom("schema_migrations").select("version").execute());
process.stdout.write(`${steps.length}\n`);
process.stdin.destroy();
