import { gitRepository } from "../adapters/git/git-repository.ts";
import { environment } from "../config/environment.ts";
import type { Repository } from "../ports/repository.ts";

/** Repositories of this machine, looked at with the person's own git. */
export function openRepository(): Repository {
  return gitRepository(environment()["PATH"] ?? "");
}
