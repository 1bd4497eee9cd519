import { expect, test } from "vitest";
import { commandsOf } from "./commands-of.ts";

const said = (command: string | readonly string[]): readonly string[] =>
  commandsOf(command).commands.map((words) => words.join(" "));

test.each([
  ["git push", ["git push"]],
  ["/usr/bin/git push", ["/usr/bin/git push"]],
  ["A=1 git push && npm test | tee log", ["git push", "npm test", "tee log"]],
  ["bash -lc 'git push; ls'", ["bash -lc git push; ls", "git push", "ls"]],
  ["sudo -u x env A=1 git push", ["sudo -u x env A=1 git push", "env A=1 git push", "git push"]],
  ["echo $(git push) `rm x`", ["echo $(git push) `rm x`", "git push", "rm x"]],
  ['echo "$(echo $(git push))"', ["echo $(echo $(git push))", "echo $(git push)", "git push"]],
  ["if true; then git push; fi", ["true", "git push", "fi"]],
  ["f() { git push; }; f", ["f", "git push", "f"]],
  ["ls | xargs -n 1 rm -rf", ["ls", "xargs -n 1 rm -rf", "rm -rf"]],
  ["find . -name x -exec rm {} +", ["find . -name x -exec rm {} +", "rm {} +"]],
  ["eval 'git' push", ["eval git push", "git push"]],
  ["env -S 'git push'", ["env -S git push", "sh -c git push", "git push"]],
  ["cat <(git push)", ["cat", "git push"]],
  ["g\\it 'pu'sh", ["git push"]],
  ["flock /tmp/x git push", ["flock /tmp/x git push", "git push"]],
] as const)("%s", (line, commands) => {
  expect(said(line)).toEqual(commands);
  expect(commandsOf(line).doubt).toBeNull();
});

test("an argument list is taken as it is", () => {
  expect(said(["bash", "-c", "git push"])).toEqual(["bash -c git push", "git push"]);
  expect(said(["echo", "a; `git push`"])).toEqual(["echo a; `git push`"]);
});

test.each([
  ["$CMD push", "only when it runs"],
  ["git${IFS}push", "only when it runs"],
  ["$'git' push", "only when it runs"],
  ["echo git push | sh", "from its input"],
  ["bash <<EOF\ngit push\nEOF", "from its input"],
  ["cat <<EOF\nx\nEOF\ngit push", "here-document"],
  ["alias x='git push'; x", "another name"],
  [`${"eval ".repeat(20)}git push`, "too deep"],
  [`echo ${"x".repeat(70_000)}`, "too long"],
])("%.30s cannot be read to its end", (line, doubt) => {
  expect(commandsOf(line).doubt).toContain(doubt);
});

test("hostile nesting costs no more than its length", () => {
  expect(commandsOf("$(".repeat(30_000)).doubt).not.toBeNull();
  expect(commandsOf(`echo ${"`a`".repeat(20_000)}`).commands).toHaveLength(20_001);
});
