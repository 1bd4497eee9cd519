import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./lines-of.ts";

async function* chunksOf(parts: readonly string[]): AsyncGenerator<string> {
  yield* parts;
}

test("[STO-8] lines are the same however the text was cut into chunks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "é", "𝄞") })), async (parts) => {
      const expected = parts.join("").split("\n");
      if (expected.at(-1) === "") expected.pop();
      expect(await Array.fromAsync(linesOf(chunksOf(parts)))).toEqual(expected);
    }),
  );
});
