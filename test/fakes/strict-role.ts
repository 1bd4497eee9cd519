/** For a role in a test: a round that ends with a bug ends the test with it. */
import { RoleHealth } from "../../src/server/roles/role-health.ts";
import type { Steadiness } from "../../src/server/roles/steadily.ts";

export function strictRole(): Pick<Steadiness, "health" | "broke" | "waits"> {
  return {
    health: new RoleHealth(),
    waits: () => undefined,
    broke: (error) => {
      throw error;
    },
  };
}
