import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect as dial } from "node:tls"
import { expect, test } from "@playwright/test"
import { createAuthority } from "@/tools/certificates"
import { startServer } from "@/tools/server-process"
import { connect, createIdentity } from "@/tools/wire-client"

const token = "shared-token"

/** The name in the certificate that a new connection gets. */
function nameAt(port: number, ca: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = dial({ port, host: "127.0.0.1", ca }, () => {
      resolve(socket.getPeerX509Certificate()?.subject)
      socket.destroy()
    })
    socket.on("error", reject)
  })
}

test("a renewed certificate is served without a restart, and who is connected stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-certificate-"))
  const authority = createAuthority("A private authority")
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")]
  const renew = (name: string) => {
    const { cert, key } = authority.issue([name, "127.0.0.1"])
    for (const [file, text] of Object.entries({ [certFile]: cert, [keyFile]: key })) {
      writeFileSync(`${file}.new`, text)
      renameSync(`${file}.new`, file)
    }
  }
  renew("first.example")
  const printed: string[] = []
  const server = await startServer({
    dataDir: join(folder, "data"),
    ca: authority.ca,
    env: { GATEHOUSE_TLS_CERT: certFile, GATEHOUSE_TLS_KEY: keyFile, GATEHOUSE_GATEWAY_TOKEN: token },
    onLine: (line) => printed.push(line),
  })
  try {
    const { ca } = authority
    const wss = { url: server.url.replace("https", "wss"), ca, scopes: ["operator.read"], auth: { token } }
    const early = await connect({ ...wss, identity: createIdentity() })
    if (!early.ok) throw new Error(JSON.stringify(early))
    expect(await nameAt(server.port, ca)).toBe("CN=first.example")

    writeFileSync(certFile, authority.issue(["half.example"]).cert)
    const complaints = () => printed.filter((line) => line.includes("stays in use"))
    await expect.poll(() => complaints().length).toBe(1)
    expect(await nameAt(server.port, ca)).toBe("CN=first.example")

    renew("second.example")
    await expect.poll(() => nameAt(server.port, ca)).toBe("CN=second.example")
    expect(await early.request("health")).toMatchObject({ ok: true })
    const late = await connect({ ...wss, identity: createIdentity() })
    expect(late.ok).toBe(true)
    for (const each of [early, late]) if (each.ok) await each.close()
    expect(complaints()).toHaveLength(1)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
