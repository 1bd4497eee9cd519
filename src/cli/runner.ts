/** A process of its own for one attempt: its engine writes the start to stdin, and SIGTERM asks it to end in order. */
import { runRunner } from "../world/runner.ts";

const told = new AbortController();
process.on("SIGTERM", () => told.abort());
process.on("SIGINT", () => told.abort());
process.exitCode = await runRunner(process.stdin, told.signal);
