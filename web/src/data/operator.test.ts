import { expect, test } from "vitest";
import { splitOperator } from "./operator.ts";

test("[JOB-3] the token is taken out of the hash and the rest of the address stays", () => {
  expect(splitOperator("#/?operator=abc")).toEqual({ token: "abc", rest: "#/" });
  expect(splitOperator("#?operator=abc")).toEqual({ token: "abc", rest: "#/" });
  expect(splitOperator("#/sessions?q=test&operator=abc")).toEqual({ token: "abc", rest: "#/sessions?q=test" });
  expect(splitOperator("#/sessions?q=operator")).toBeNull();
  expect(splitOperator("")).toBeNull();
});
