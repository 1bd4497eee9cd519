/** Bytes kept by their hash. Putting the same bytes twice keeps them once. */
export interface Files {
  /** Returns sha256 and size. */
  put(bytes: Uint8Array): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** `null` when nothing of this hash is kept, or it does not have it any more. */
  get(sha256: string): Promise<Uint8Array | null>;
  /** The absolute path, whether it is there or not. */
  pathOf(sha256: string): string;
  remove(sha256: string): Promise<void>;
}
