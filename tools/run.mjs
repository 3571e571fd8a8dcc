import "./node-version.mjs"

// These start a server of their own.
const withPages = ["bench", "bench-pages", "compat", "demo"]

// `node tools/run.mjs NAME …` runs tools/NAME.ts, after whatever set-up is missing.
void import("./setup.mjs").then(async ({ become, buildPages, compileTools, fail, setUp }) => {
  const [name, ...args] = process.argv.slice(2)
  try {
    await setUp()
    await compileTools()
    if (withPages.includes(name)) await buildPages()
  } catch (error) {
    fail(error)
  }
  await become(`dist/${name}.mjs`, args)
})
