import type { Reader } from "../store.ts";

/** Sessions whose recordings hold no token counts at all (Codex 0.27). */
export async function countSilentSessions(reader: Reader): Promise<number> {
  const row = await reader.db
    .selectFrom("sessions")
    .select((eb) => eb.fn.countAll<number>().as("sessions"))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("token_usage").select("response_id").whereRef("token_usage.session_id", "=", "sessions.id"),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return row.sessions;
}
