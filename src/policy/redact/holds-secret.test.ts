import { expect, test } from "vitest";
import { holdsSecret } from "./holds-secret.ts";

test("[TRC-10] a key of a vendor's form and a known value are secrets; a word that may be one is not", () => {
  expect(holdsSecret(`curl -H x:ghp_${"aB3dE6gH9j".repeat(3)}aB3dE6`, [])).toBe(true);
  expect(holdsSecret("echo our-own-key-81", ["our-own-key-81"])).toBe(true);
  expect(holdsSecret("echo our-own-key-81; password=hunter22", [])).toBe(false);
});
