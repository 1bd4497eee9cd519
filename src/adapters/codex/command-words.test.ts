import { expect, test } from "vitest";
import { scriptOf } from "./call-watch.ts";
import { commandWords } from "./command-words.ts";

test.each([
  ["/bin/bash -lc 'git push && rm x'", ["/bin/bash", "-lc", "git push && rm x"]],
  [`bash -lc "echo \\"it's\\" \\$HOME"`, ["bash", "-lc", `echo "it's" $HOME`]],
  [`a 'b'"'"'c' d\\ e`, ["a", "b'c", "d e"]],
  ["  ", []],
  ["''", [""]],
])("[RUN-7] %s is taken apart as it was joined", (line, words) => {
  expect(commandWords(line)).toEqual(words);
});

test("[RUN-7] an unclosed quote is no list of words, and the line is then shown as it stands", () => {
  expect(commandWords("bash -lc 'oh")).toBeNull();
  expect(scriptOf("bash -lc 'oh")).toBe("bash -lc 'oh");
});

test("[RUN-7] the script of a shell is shown without its shell, any other command with all its words", () => {
  expect(scriptOf("/bin/bash -lc 'git push'")).toBe("git push");
  expect(scriptOf("git 'push it'")).toBe("git 'push it'");
});
