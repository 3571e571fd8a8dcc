import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

const manifest = z.object({ rootMainFiles: z.array(z.string()).min(1) })

/** What every page begins with, React and Next alone, as a build lists it; its size as a browser of today receives it. */
export function frameworkScript(build = ".next"): { readonly files: number; readonly bytes: number } {
  const { rootMainFiles } = manifest.parse(JSON.parse(readFileSync(join(build, "build-manifest.json"), "utf8")))
  const bytes = rootMainFiles.reduce((sum, name) => sum + statSync(join(build, `${name}.br`)).size, 0)
  return { files: rootMainFiles.length, bytes }
}
