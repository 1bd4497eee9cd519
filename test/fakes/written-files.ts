/** Texts by path. */
export interface Files {
  readonly [path: string]: string;
}

/** Chunks put together, as a folder would hold them. */
export async function filesOf(
  chunks: AsyncIterable<{ readonly path: string; readonly bytes: Uint8Array }>,
): Promise<Files> {
  const files: Record<string, string> = {};
  for await (const { path, bytes } of chunks) files[path] = (files[path] ?? "") + new TextDecoder().decode(bytes);
  return files;
}
