import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Store } from "../../store/store.ts";

export interface OpenPostgresOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly schema?: string;
}

export async function openPostgres(_options: OpenPostgresOptions): Promise<Result<Store, Failure>> {
  throw new Error("being written");
}
