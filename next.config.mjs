/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // In development pages are reloaded over a socket, which Next opens for `localhost` only unless told otherwise.
  allowedDevOrigins: ["127.0.0.1"],
  // `npm test` checks the types; a start on a fresh clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "better-sqlite3",
    "pg",
    "prom-client",
    "ws",
  ],
}

export default config
