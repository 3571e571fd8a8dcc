import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils"
import type { SchemaEngine } from "@prisma/schema-engine-wasm"

type Engine = typeof import("@prisma/schema-engine-wasm")

let loading: Promise<Engine> | undefined

/** Runs `work` with Prisma's schema engine, as WebAssembly, on the database behind `adapter`. */
export async function withSchemaEngine<Result>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loading ??= load()
  const { SchemaEngine } = await loading
  const opened: SqlDriverAdapter[] = []
  const keep = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting
    opened.push(connection)
    return connection
  }
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      connect: () => keep(adapter.connect()),
      connectToShadowDb: () => keep(adapter.connectToShadowDb()),
    }),
  )
  try {
    return await work(engine)
  } finally {
    engine.free()
    // The engine leaves its connections open, and with them a lock on a SQLite file.
    for (const connection of opened) await connection.dispose()
  }
}

// The package's own entry imports its .wasm file as a module, which Node 20 does not do; so it is put together here.
async function load(): Promise<Engine> {
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"))
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg")
  const wasm = await readFile(join(folder, "schema_engine_bg.wasm"))
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === "function") start()
  return bindings
}
