import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { PrismaPg } from "@prisma/adapter-pg"
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils"
import pg from "pg"
import type { Database } from "@/lib/store/migrate"
import { withSchemaEngine } from "@/lib/store/schema-engine"

const singleByteChar = 18
const text = 25

/** The SQL that leads from a database as it is (or from nothing) to a schema; empty when nothing is to do. */
export async function differenceTo(database: Database, from: "database" | "empty", schema: string): Promise<string> {
  const files = [{ path: `prisma/${database.dialect}/schema.prisma`, content: schema }]
  const adapter =
    database.dialect === "sqlite"
      ? new PrismaBetterSqlite3({ url: `file:${database.file}` })
      : readablePostgres(database.url)
  const { exitCode, stdout } = await withSchemaEngine(adapter, schema, (engine) =>
    engine.diff({
      from: from === "empty" ? { tag: "empty" } : { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    }),
  )
  return exitCode === 0 ? "" : (stdout ?? "")
}

/**
 * The PostgreSQL adapter does not know the catalogue's one-byte "char", so the schema engine cannot read a database
 * through it. Here such a column passes the adapter as text and is given its type back afterwards.
 */
function readablePostgres(url: string): SqlMigrationAwareDriverAdapterFactory {
  let characters: readonly number[] = []
  const pool = new Proxy(new pg.Pool({ connectionString: url }), {
    get(target, key) {
      if (key !== "query") return Reflect.get(target, key)
      return async (query: pg.QueryArrayConfig) => {
        const result = await target.query(query)
        const { fields } = result
        characters = fields.flatMap((field, index) => (field.dataTypeID === singleByteChar ? [index] : []))
        for (const field of fields) if (field.dataTypeID === singleByteChar) field.dataTypeID = text
        return result
      }
    },
  })
  const adapter = new PrismaPg(pool, { disposeExternalPool: true })
  const open = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting
    const queryRaw = connection.queryRaw.bind(connection)
    connection.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type, index) =>
        characters.includes(index) ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    }
    return connection
  }
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => open(adapter.connect()),
    connectToShadowDb: () => open(adapter.connectToShadowDb()),
  }
}
