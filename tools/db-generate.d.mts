/** The PostgreSQL schema that belongs to a SQLite one: other provider, other output, the same models. */
export function postgresSchema(text: string): string
/** Writes the PostgreSQL schema and both clients. */
export function generate(): void
