import { expect, test } from "vitest";
import { parseQuery, sessionsQuery, signalsQuery, usageQuery } from "./queries.ts";

test("[JOB-1] parameters are parsed at the door, with their defaults", () => {
  expect(parseQuery(sessionsQuery, {})).toEqual({ ok: true, value: { limit: null } });
  expect(parseQuery(sessionsQuery, { limit: "20", other: "x" })).toEqual({ ok: true, value: { limit: 20 } });
  expect(parseQuery(usageQuery, {})).toEqual({ ok: true, value: { by: "day" } });
});

test.for([
  [sessionsQuery, { limit: "-1" }, "limit"],
  [sessionsQuery, { limit: "many" }, "limit"],
  [signalsQuery, { category: "no_such_category" }, "category"],
  [usageQuery, { by: "hour" }, "by"],
] as const)("[JOB-1] a wrong value is refused by the name of its parameter: %#", ([schema, given, name]) => {
  const parsed = parseQuery<unknown>(schema, given);
  expect(parsed).toMatchObject({ ok: false, failure: { code: "usage", message: expect.stringContaining(name) } });
});
