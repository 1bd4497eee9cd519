import { expect, test } from "vitest";
import { oneLine, visibleText } from "./visible-text.ts";

test("[JOB-3] terminal escapes are taken out, whole", () => {
  expect(visibleText("\u001B[1;31mred\u001B[0m")).toBe("red");
  expect(visibleText("\u001B]0;a title\u0007text")).toBe("text");
  expect(visibleText("\u001B]8;;https://example.org\u001B\\link\u001B]8;;\u001B\\")).toBe("link");
  expect(visibleText("\u001B(Bplain\u001Bc")).toBe("plain");
});

test("[JOB-3] characters that turn or hide text become visible marks", () => {
  expect(visibleText("invoice\u202Egpj.exe")).toBe("invoice⟨U+202E⟩gpj.exe");
  expect(visibleText("a\u200Bb\u2066c\uFEFF")).toBe("a⟨U+200B⟩b⟨U+2066⟩c⟨U+FEFF⟩");
  expect(visibleText("nul\u0000bell\u0007del\u007F esc\u001B")).toBe("nul␀bell␇del␡ esc␛");
});

test("ordinary text of any script stays as it is", () => {
  const text = "日本語 עברית naïve 👩‍🚀";
  expect(visibleText(`${text}\n\ttabbed`)).toBe(`${text}\n\ttabbed`);
  expect(visibleText("one\r\ntwo\rthree")).toBe("one\ntwo\nthree");
});

test("on one line, white space is one space", () => {
  expect(oneLine("  a\n\tb   c ")).toBe("a b c");
});
