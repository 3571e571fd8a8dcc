import { randomUUID } from "node:crypto"
import type { TestProject } from "vitest/node"
import { migrate } from "@/lib/store/migrate"
import { startPostgres } from "./postgres"

declare module "vitest" {
  interface ProvidedContext {
    /** The server, without a database name. */
    postgresServer: string
    /** A migrated database to copy with `CREATE DATABASE x TEMPLATE …`. */
    postgresTemplate: string
  }
}

/** One PostgreSQL server for all tests of the store; each test file makes a database of its own from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  const template = `template_${randomUUID().replaceAll("-", "")}`
  const url = await server.createDatabase(template)
  await migrate({ dialect: "postgresql", url })
  project.provide("postgresServer", url.slice(0, url.lastIndexOf("/")))
  project.provide("postgresTemplate", template)
  return () => server.stop()
}
