import "./node-version.mjs"

void import("./setup.mjs").then(async ({ buildPages, compileTools, fail, follow, setUp }) => {
  try {
    await setUp()
    await compileTools()
    await buildPages()
    const { ensureBrowser } = await import("./browser.mjs")
    await ensureBrowser()
  } catch (error) {
    fail(error)
  }
  process.exitCode = await follow(["node_modules/@playwright/test/cli.js", "test", ...process.argv.slice(2)])
})
