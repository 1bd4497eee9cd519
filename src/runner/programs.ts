import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { ProgramSpec, RunningProgram, Sandbox, SandboxedProgram, SandboxWalls } from "../ports/sandbox.ts";

/**
 * Every program of an attempt goes through here, so that all of them can be ended: nothing starts once that has begun,
 * also nothing that was about to start.
 */
export class Programs {
  readonly #sandbox: Sandbox;
  readonly #running: Set<RunningProgram> = new Set();
  readonly #starting: Set<Promise<unknown>> = new Set();
  #closed = false;
  #hunted = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  within(walls: SandboxWalls): SandboxedProgram {
    const program = this.#sandbox.within(walls);
    return async (spec) => {
      if (this.#closed) return fail(CLOSED);
      const start = this.#start(program, spec);
      this.#starting.add(start);
      return start.finally(() => this.#starting.delete(start));
    };
  }

  /** Processes that had to be hunted down so far, because they outlived their group. */
  get hunted(): number {
    return this.#hunted;
  }

  /** True when nothing of the attempt lives: only then may we touch, outside of the walls, what it can write. */
  get areGone(): boolean {
    return this.#running.size === 0 && this.#starting.size === 0;
  }

  /** Ends all that runs, also what was just starting; others may start afterwards. Throws when one cannot be ended. */
  async killAll(): Promise<void> {
    while (!this.areGone) {
      await Promise.allSettled(this.#starting);
      await Promise.all([...this.#running].map((program) => program.kill()));
    }
  }

  /** Ends all that runs, for good. */
  async end(): Promise<void> {
    this.#closed = true;
    await this.killAll();
  }

  async #start(program: SandboxedProgram, spec: ProgramSpec): Promise<Result<RunningProgram, Failure>> {
    const started = await program(spec);
    return started.ok ? ok(this.#watched(started.value)) : started;
  }

  /** Stays in the set until it was ended, also when it has exited: what it left behind is found only then. */
  #watched(program: RunningProgram): RunningProgram {
    const { pid, stdin, stdout, stderr, exited } = program;
    const kill = async (): Promise<number> => {
      if (!this.#running.has(watched)) return 0;
      const hunted = await program.kill();
      if (this.#running.delete(watched)) this.#hunted += hunted;
      return hunted;
    };
    const dispose = async (): Promise<void> => void (await kill());
    const watched = { pid, stdin, stdout, stderr, exited, kill, [Symbol.asyncDispose]: dispose };
    this.#running.add(watched);
    return watched;
  }
}

const CLOSED: Failure = {
  code: "interrupted",
  message: "The attempt is ending.",
  cause: "Nothing starts while its processes are being ended.",
  hint: "Do this: nothing; the attempt's own reason says why it ended.",
  retry: "never",
};
