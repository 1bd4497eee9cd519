import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Order } from "../model/order.ts";
import type { AbsentReason, ArtifactName } from "../model/verdict.ts";

/** Artifacts that a runner hands over; the others are the host's own. */
export type RunnerArtifact = "plan.md" | "review.md" | "patch.diff" | "test.log" | "branch.bundle";

/** Files that an attempt leaves, as they come about; what does not come about keeps the reason it started with. */
export class Outputs {
  readonly #folder: string;
  readonly #files: Map<ArtifactName, string> = new Map();
  readonly #absent: Map<ArtifactName, AbsentReason>;

  constructor(folder: string, order: Pick<Order, "outputs" | "acceptance">) {
    this.#folder = folder;
    this.#absent = new Map<ArtifactName, AbsentReason>([
      ["plan.md", order.outputs.includes("plan") ? "not_reached" : "not_asked"],
      ["review.md", order.outputs.includes("review") ? "not_reached" : "not_asked"],
      ["patch.diff", order.outputs.includes("change") ? "not_reached" : "not_asked"],
      ["branch.bundle", order.outputs.includes("change") ? "not_reached" : "not_asked"],
      ["test.log", order.acceptance.length > 0 ? "not_reached" : "not_asked"],
    ]);
  }

  get files(): ReadonlyMap<ArtifactName, string> {
    return this.#files;
  }

  get absent(): Readonly<Partial<Record<ArtifactName, AbsentReason>>> {
    return Object.fromEntries(this.#absent);
  }

  pathOf(name: ArtifactName): string {
    return join(this.#folder, name);
  }

  /** Text without anything in it is listed as absent: an empty file says nothing. */
  async write(name: RunnerArtifact, text: string): Promise<void> {
    if (text.trim() === "") return this.miss(name, "nothing_to_show");
    await writeFile(this.pathOf(name), text, { mode: 0o600 });
    this.has(name);
  }

  /** The file has been written at `pathOf(name)`. */
  has(name: RunnerArtifact): void {
    this.#files.set(name, this.pathOf(name));
    this.#absent.delete(name);
  }

  miss(name: ArtifactName, reason: AbsentReason): void {
    this.#files.delete(name);
    this.#absent.set(name, reason);
  }
}
