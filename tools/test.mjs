import "./node-version.mjs"

void import("./suites.mjs").then(({ runSuites }) => runSuites())
