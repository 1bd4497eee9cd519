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
      const lines: string[] = [];
      for await (const line of linesOf(chunksOf(parts))) lines.push(line);
      expect(lines).toEqual(expected);
    }),
  );
});
