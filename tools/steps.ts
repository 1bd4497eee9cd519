import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { once } from "node:events";
import { styleText } from "node:util";

/** One thing to check: a command that says by its exit code whether all is well. */
export interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...arguments: readonly string[]];
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** Everything the command printed, in the order it came. */
  readonly output: string;
}

/** Runs all steps, as many at once as there are cores, to the end whatever fails; results in the order of the steps. */
export async function runSteps(steps: readonly Step[], cwd: string): Promise<readonly StepResult[]> {
  const results = new Map<Step, StepResult>();
  const waiting = steps.values();
  const worker = async (): Promise<void> => {
    for (const step of waiting) results.set(step, await runStep(step, cwd));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return steps.flatMap((step) => results.get(step) ?? []);
}

async function runStep({ name, command: [program, ...words] }: Step, cwd: string): Promise<StepResult> {
  const start = performance.now();
  const child = spawn(program, words, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  // `close` brings the exit code (null after a signal); a program that cannot start rejects instead.
  const [end]: unknown[] = await once(child, "close").catch((error: unknown) => [error]);
  if (end instanceof Error) output.push(end.message);
  return { name, ok: end === 0, seconds: (performance.now() - start) / 1000, output: output.join("") };
}

/** Failures first with all they printed, then one line per step. */
export function stepsReport(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const failures = results.filter(({ ok }) => !ok).map(({ name, output }) => `── ${name}\n${output.trimEnd()}\n`);
  const table = results.map(({ name, ok, seconds }) => {
    const word = ok ? styleText("green", "ok") : styleText("red", "FAILED");
    return `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(5)} s  ${word}`;
  });
  return [...failures, ...table].join("\n");
}
