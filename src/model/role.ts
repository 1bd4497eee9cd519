/** What an attempt is for. Planner and reviewer only read. */
export const ROLES = ["executor", "planner", "reviewer"] as const;
export type Role = (typeof ROLES)[number];
