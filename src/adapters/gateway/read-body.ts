import type { IncomingMessage } from "node:http";

export interface BodyLimits {
  /** Bytes of one request. */
  readonly request: number;
  /** Bytes of all requests that are held at once. */
  readonly all: number;
}

export const BODY_LIMITS: BodyLimits = { request: 64 * 1024 * 1024, all: 512 * 1024 * 1024 };

/** A body held in memory until `release`: the model's name stands in it, and it is needed before anything is reserved. */
export interface HeldBody {
  readonly kind: "held";
  readonly bytes: Buffer;
  release(): void;
}

/** `gone`: the agent went away in the middle of it. */
export type BodyTrouble = { readonly kind: "too_large" } | { readonly kind: "overloaded" } | { readonly kind: "gone" };

/** Reads request bodies and knows how much is held at once. */
export class Bodies {
  readonly #limits: BodyLimits;
  #held = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  async read(request: IncomingMessage): Promise<HeldBody | BodyTrouble> {
    if (Number(request.headers["content-length"] ?? 0) > this.#limits.request) return { kind: "too_large" };
    const chunks: Buffer[] = [];
    let size = 0;
    let kept = false;
    try {
      // Leaving the loop must not close the connection: the answer still has to go out on it.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.#held += chunk.length;
        if (size > this.#limits.request) return { kind: "too_large" };
        if (this.#held > this.#limits.all) return { kind: "overloaded" };
        chunks.push(chunk);
      }
      kept = true;
      return { kind: "held", bytes: Buffer.concat(chunks), release: this.#releaseOnce(size) };
    } catch {
      return { kind: "gone" };
    } finally {
      if (!kept) this.#held -= size;
    }
  }

  #releaseOnce(size: number): () => void {
    let left = size;
    return () => {
      this.#held -= left;
      left = 0;
    };
  }
}
