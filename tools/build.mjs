import "./node-version.mjs"

void import("./setup.mjs").then(async ({ buildPages, compileTools, fail, setUp }) => {
  try {
    await setUp()
    await compileTools()
    await buildPages()
  } catch (error) {
    fail(error)
  }
})
