import "./node-version.mjs"

// Pages reload by themselves (Next); the server starts again when what it is made of has changed.
void import("./setup.mjs").then(async ({ compileTools, fail, setUp }) => {
  try {
    await setUp()
    await compileTools()
    const { reload } = await import("./reload.mjs")
    reload()
  } catch (error) {
    fail(error)
  }
})
