import type { Readable } from "node:stream";

const KEPT = 2000;
const ESCAPES = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, "g");

/** Reads what a program complains about, for as long as it does, and keeps the end of it. */
export function stderrTail(stderr: Readable): () => string {
  let tail = "";
  stderr.on("data", (piece: Buffer) => {
    tail = (tail + piece.toString("utf8")).slice(-KEPT);
  });
  stderr.on("error", () => undefined);
  return () => tail.replaceAll(ESCAPES, "").trim().split("\n").slice(-3).join(" · ");
}
