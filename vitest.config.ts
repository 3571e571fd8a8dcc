import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const root = fileURLToPath(new URL(".", import.meta.url))

// Outside Next's bundler the package `server-only` throws; under test its empty half stands in for it.
const alias = [
  { find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
  { find: /^@\//, replacement: root },
]

const wire = ["lib/gateway/**/*.test.ts", "lib/upstream/**/*.test.ts"]
const processes = ["tools/processes/**/*.test.ts"]
const store = [
  "lib/store/**/*.test.ts",
  "lib/console/device-{facets,paging}.test.ts",
  "lib/console/overview*.test.ts",
  "prisma/**/*.test.ts",
]

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "components/**/*.test.ts", "app/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: [...wire, ...store, ...processes],
          testTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          env: { TZ: "Asia/Kathmandu" },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "store",
          include: store,
          testTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
          globalSetup: ["tools/test-postgres.ts"],
          env: { TZ: "Asia/Kathmandu" },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "wire",
          include: wire,
          testTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
          env: { TZ: "Asia/Kathmandu" },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "processes",
          include: processes,
          // Each file runs a database and several servers, on machines of two cores.
          fileParallelism: false,
          testTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 300_000,
          env: { TZ: "Asia/Kathmandu" },
        },
      },
    ],
  },
})
