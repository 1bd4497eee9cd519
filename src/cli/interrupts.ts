import type { Surroundings } from "./context.ts";

/** Ctrl-C once asks for a graceful end; twice ends now. */
export function interruptible(host: NodeJS.Process): Surroundings {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) host.exit(130);
    controller.abort();
    host.stderr.write("\nStopping after the work at hand; press Ctrl-C again to stop now.\n");
  };
  host.on("SIGINT", onSignal);
  host.on("SIGTERM", onSignal);
  return { stdout: host.stdout, stderr: host.stderr, environment: host.env, stop: controller.signal };
}
