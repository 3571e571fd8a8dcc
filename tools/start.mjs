import "./node-version.mjs"

void import("./setup.mjs").then(async ({ become, buildPages, compileTools, fail, setUp }) => {
  try {
    await setUp()
    await compileTools()
    if (process.env.GATEHOUSE_ROLE !== "gateway") await buildPages()
  } catch (error) {
    fail(error)
  }
  process.env.NODE_ENV = "production"
  process.env.NEXT_TELEMETRY_DISABLED = "1"
  await become("dist/server.mjs", process.argv.slice(2))
})
