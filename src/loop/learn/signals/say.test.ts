import { expect, test } from "vitest";
import { redactText } from "../../../policy/redact/redact-text.ts";
import { named, say } from "./say.ts";

test("[TRC-10] a sentence takes redacted text and words of ours; text from anywhere else does not compile", () => {
  const foreign: string = ["text", "from", "anywhere"].join(" ");
  // @ts-expect-error -- nobody has redacted it.
  named(foreign);
  // @ts-expect-error -- nor this.
  named("ours", foreign);
  expect(say`${named(redactText(" npm\n test ", { salt: "test" }))} failed like ${named("a patch")}`).toBe(
    "npm test failed like a patch",
  );
  expect(named("one", "two")).toBe("one, two");
});
