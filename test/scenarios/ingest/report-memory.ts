/**
 * Loaded before the program under test: says on exit how much memory it ever held, as a last line on stderr. The
 * kernel's own mark of this program; `maxRSS` would also count the process that started it.
 */
import { readFileSync } from "node:fs";

process.on("exit", () => {
  const status = readFileSync("/proc/self/status", "utf8");
  process.stderr.write(`peak ${/VmHWM:\s+(\d+) kB/u.exec(status)?.[1]} kB\n`);
});
