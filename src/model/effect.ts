import type { EffectId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** The closed union of effects we can want outside; each kind has one port that can look and make. */
export type Want =
  | { readonly kind: "file"; readonly path: string; readonly sha256: string }
  | { readonly kind: "file_absent"; readonly path: string }
  | { readonly kind: "branch"; readonly repository: string; readonly branch: string; readonly head: string }
  | { readonly kind: "proposal"; readonly repository: string; readonly branch: string; readonly head: string };

/** `wanted`: not looked at yet · `verified`: seen · `missing`: looked, not there · `unverifiable`: could not look. */
export const EFFECT_STATUSES = ["wanted", "verified", "missing", "unverifiable"] as const;
export type EffectStatus = (typeof EFFECT_STATUSES)[number];

export interface Effect {
  readonly id: EffectId;
  readonly want: Want;
  readonly status: EffectStatus;
  readonly actor: string;
  readonly wantedAt: Instant;
  readonly observedAt: Instant | null;
  readonly simulated: boolean;
}
