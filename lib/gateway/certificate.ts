import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createSecureContext } from "node:tls"
import { StartError } from "@/lib/store/start-error"

/** Where certificate and key are kept. */
export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

type Pair = { readonly cert: string; readonly key: string }
type Found = Pair | { readonly mistake: string }

/** Reads a certificate and its key. Throws a StartError when they cannot be read or do not belong together. */
export function readPair({ certFile, keyFile }: CertificateFiles): Pair {
  const cert = readPem("GATEHOUSE_TLS_CERT", certFile)
  const key = readPem("GATEHOUSE_TLS_KEY", keyFile)
  if (validUntil({ cert, key }) === null) throw new StartError(notAPair({ certFile, keyFile }))
  return { cert, key }
}

/**
 * Looks at the files again and again, and hands over each further pair that is found there, once it is whole; a pair
 * that is not is said once, and nothing is handed over. Returns how to end it.
 *
 * It looks at what the files hold, because whoever renews certificates writes them in place, renames new ones over
 * them, or turns a symbolic link somewhere on the way; no notice of the file system tells of all three. What was found
 * counts once it was found twice in a row: until then somebody may still be writing.
 */
export function followPair(
  files: CertificateFiles,
  {
    first,
    everyMs,
    use,
    say,
  }: { first: Pair; everyMs: number; use: (pair: Pair) => void; say: (line: string) => void },
): () => void {
  let last = markOf(first)
  let settled = last
  let isLooking = false

  const look = async () => {
    const found = await findTexts(files)
    const mark = markOf(found)
    const isSettled = mark === last
    last = mark
    if (!isSettled || mark === settled) return
    settled = mark
    const until = "mistake" in found ? null : validUntil(found)
    if ("mistake" in found || until === null) {
      const mistake = "mistake" in found ? found.mistake : notAPair(files)
      return say(`${mistake} The certificate from before stays in use.`)
    }
    use(found)
    say(`New connections get the certificate that ${files.certFile} holds now, valid until ${until}.`)
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => {
      isLooking = false
    })
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

async function findTexts({ certFile, keyFile }: CertificateFiles): Promise<Found> {
  const [cert, key] = await Promise.all([readText(certFile), readText(keyFile)])
  if (cert === null) return { mistake: unreadable("GATEHOUSE_TLS_CERT", certFile) }
  return key === null ? { mistake: unreadable("GATEHOUSE_TLS_KEY", keyFile) } : { cert, key }
}

function readText(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null)
}

function markOf(found: Found): string {
  return "mistake" in found ? found.mistake : `${found.cert}\0${found.key}`
}

/** When the certificate ends; null when the two are not a certificate and its key. */
function validUntil({ cert, key }: Pair): string | null {
  try {
    // Empty texts would count as absent ones.
    createSecureContext({ cert: cert || "none", key: key || "none" })
    return new X509Certificate(cert).validTo
  } catch {
    return null
  }
}

function readPem(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new StartError(unreadable(variable, file))
  }
}

function unreadable(variable: string, file: string): string {
  return `${variable} names ${file}, which cannot be read: check its path and its permissions.`
}

function notAPair({ certFile, keyFile }: CertificateFiles): string {
  return `${certFile} and ${keyFile} are not a certificate and its key in PEM form.`
}
