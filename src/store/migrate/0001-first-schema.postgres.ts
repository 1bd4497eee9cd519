export const firstSchemaPostgres = "";
