// Imported first and importing nothing, in words that old versions of Node understand too.
var parts = process.versions.node.split(".").map(Number)
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error(
    "Gatehouse needs Node 20.19 or newer, and this is Node " +
      process.versions.node +
      ": install a newer one from https://nodejs.org.",
  )
  process.exit(1)
}
