import { type Clock, systemClock } from "../kit/clock.ts";
import type { Surroundings } from "./context.ts";

/** One Ctrl-C arrives several times: from the terminal, and again from each launcher (`npm start`) that passes it on. */
const ONE_PRESS_MS = 300;

/**
 * Ctrl-C once asks for a graceful end; twice ends now. A reader that left (`| head`) is no failure, but nothing more is
 * worth doing for it; an answer that could not be written is one.
 */
export function interruptible(host: NodeJS.Process, clock: Clock = systemClock): Surroundings {
  const controller = new AbortController();
  let pressedAt: number | null = null;
  const onSignal = (): void => {
    if (pressedAt !== null && clock.elapsed() - pressedAt < ONE_PRESS_MS) return;
    if (pressedAt !== null) host.exit(130);
    pressedAt = clock.elapsed();
    controller.abort();
    host.stderr.write("\nStopping after the work at hand; press Ctrl-C again to stop now.\n");
  };
  host.on("SIGINT", onSignal);
  host.on("SIGTERM", onSignal);
  host.stdout.on("error", (error: NodeJS.ErrnoException) => {
    controller.abort();
    if (error.code !== "EPIPE") notWritten(host, error);
  });
  host.stderr.on("error", () => controller.abort());
  return { stdout: host.stdout, stderr: host.stderr, environment: host.env, stop: controller.signal };
}

/** The command may yet end well by its own lights; the exit code says that its answer is lost. */
function notWritten(host: NodeJS.Process, error: NodeJS.ErrnoException): void {
  host.stderr.write(
    `The answer could not be written.\n${error.message}\nDo this: make room where stdout goes, and run it again.\n`,
  );
  host.once("exit", () => {
    host.exitCode = 1;
  });
}
