import { expect, test } from "vitest";
import { holderOf } from "../../model/holder.ts";
import { isDead, ownHolder } from "./processes.ts";

const own = ownHolder();
const [host = "", pid = "", start = ""] = own.split("/");

test("[STO-5] this process is alive", () => {
  expect(isDead(own)).toBe(false);
});

test("[STO-5] a pid that nobody has is dead", () => {
  expect(isDead(holderOf({ host, pid: 2 ** 30, start }))).toBe(true);
});

test("[STO-5] a pid that another process has by now is dead", () => {
  expect(isDead(holderOf({ host, pid: Number(pid), start: "1" }))).toBe(true);
});

test("[STO-5] a process of another host is never judged", () => {
  expect(isDead(holderOf({ host: "elsewhere", pid: 2 ** 30, start }))).toBe(false);
});
