import { readFileSync, writeFileSync } from "node:fs"

// npm leaves a package for another platform out of package-lock.json when the registry in use does not have it, and
// then refuses the file in `npm ci`. This puts such packages back, from what their parents say about them.
// Run it after an install through an incomplete registry.

const file = "package-lock.json"
const lock = JSON.parse(readFileSync(file, "utf8"))
const { packages } = lock
const systems = ["aix", "android", "darwin", "freebsd", "linux", "openharmony", "win32"]
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"]
let added = 0

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const target = `node_modules/${name}`
    const words = name.split(/[/-]/)
    const cpu = processors.filter((word) => words.includes(word))
    const isPresent = target in packages || `${path}/${target}` in packages
    // Only packages that are binaries for one platform, named with an exact version.
    if (isPresent || cpu.length === 0 || !/^\d+\.\d+\.\d+$/.test(version)) continue
    const os = systems.filter((word) => words.includes(word))
    const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : []
    packages[target] = {
      version,
      cpu,
      ...(entry.dev ? { dev: true } : {}),
      ...(libc.length > 0 ? { libc } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    }
    added += 1
  }
}

const [self, ...rest] = Object.entries(packages)
lock.packages = Object.fromEntries([self, ...rest.sort(([a], [b]) => a.localeCompare(b, "en"))])
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${file}: ${added} packages of other platforms put back.`)
