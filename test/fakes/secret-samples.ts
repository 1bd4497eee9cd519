import { seededRandom } from "../../src/kit/random.ts";
import { drawFrom } from "./draw.ts";
import { ordinaryText } from "./ordinary-text.ts";
import { SHAPED_KINDS } from "./shaped-secrets.ts";
import { TOKEN_KINDS } from "./vendor-secrets.ts";
import type { SecretKind } from "./vendor-secrets.ts";

/** A made-up secret in the format its vendor publishes, inside text as agents and tools print it. */
export interface SecretSample {
  readonly kind: string;
  /** The characters that must not survive, as they stand in `text`. */
  readonly secret: string;
  readonly text: string;
}

const SAMPLES_PER_KIND = 12;

/** Every kind in turn, always the same samples. Written from published formats, not from our rules, which it measures. */
export const SECRET_SAMPLES: readonly SecretSample[] = [
  ...TOKEN_KINDS.flatMap(tokenSamples),
  ...Object.keys(SHAPED_KINDS).flatMap(shapedSamples),
];

/** What tools and agents print all day, without any secret: each item is one tool output, all together over 200 KB. */
export const ORDINARY_TEXT: readonly string[] = ordinaryText(drawFrom(seededRandom(20_260_101)));

/** Whether a piece of the secret, 16 characters long or all of it when shorter, still stands in the text. */
export function survives(secret: string, text: string): boolean {
  const piece = Math.min(16, secret.length);
  for (let start = 0; start + piece <= secret.length; start += 1) {
    if (text.includes(secret.slice(start, start + piece))) return true;
  }
  return false;
}

function tokenSamples({ kind, name, header, make, wrappings }: SecretKind, at: number): readonly SecretSample[] {
  const draw = drawFrom(seededRandom(7_000 + at));
  return Array.from({ length: SAMPLES_PER_KIND }, (_, number) => {
    const secret = make(draw);
    const wrapping = wrappings[(number + at) % wrappings.length];
    if (wrapping === undefined) throw new Error(`${kind} has no wrapping`);
    return { kind, secret, text: wrapping({ secret, name, header, draw }) };
  });
}

function shapedSamples(kind: string, at: number): readonly SecretSample[] {
  const draw = drawFrom(seededRandom(9_000 + at));
  const ways = SHAPED_KINDS[kind] ?? [];
  return Array.from({ length: SAMPLES_PER_KIND }, (_, number) => {
    const shaped = ways[number % ways.length]?.(draw);
    if (shaped === undefined) throw new Error(`${kind} has no shape`);
    return { kind, ...shaped };
  });
}
