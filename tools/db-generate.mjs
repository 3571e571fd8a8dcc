import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(root, "prisma/sqlite/schema.prisma")
const target = join(root, "prisma/postgresql/schema.prisma")

/** The PostgreSQL schema that belongs to a SQLite one: other provider, other output, the same models. */
export function postgresSchema(text) {
  const note = "// Generated from ../sqlite/schema.prisma by `npm run db:generate`. Edit that one.\n\n"
  return (note + text.replace(/^(\/\/.*\n)+\n?/, ""))
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace("generated/sqlite", "generated/postgresql")
}

/** Writes the PostgreSQL schema and both clients. */
export function generate() {
  const text = postgresSchema(readFileSync(source, "utf8"))
  mkdirSync(dirname(target), { recursive: true })
  if (read(target) !== text) writeFileSync(target, text)
  for (const schema of [source, target]) {
    const name = schema === source ? "sqlite" : "postgresql"
    const run = spawnSync(
      process.execPath,
      [join(root, "node_modules/prisma/build/index.js"), "generate", "--no-hints", "--schema", schema],
      {
        cwd: root,
        encoding: "utf8",
        // Generating never runs the schema engine, but the command insists on having one; any program will do.
        env: {
          ...process.env,
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: "1",
          CHECKPOINT_DISABLE: "1",
        },
      },
    )
    if (run.status !== 0) throw new Error(`prisma generate failed for ${name}:\n${run.stdout}${run.stderr}`)
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  generate()
  console.log("Database clients are up to date.")
}
