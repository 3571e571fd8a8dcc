import type { Close } from "./socket"

const restart: Close = { code: 1012, reason: "service restart" }
const unsendable = [1004, 1005, 1006, 1015]
// Clients delete their token or stop for good when they read these, and none of it would be about them.
const aboutOurs = /mismatch|unauthorized|pairing|device identity|too many failed|auth changed/i

function mayBeSent(code: number): boolean {
  return !unsendable.includes(code) && ((code >= 1000 && code <= 1014) || (code >= 3000 && code <= 4999))
}

/**
 * What a client is told when the gateway behind closed its connection: the same, or a restart where that cannot be
 * said on a wire, or where it is about the connection's own credential, which is ours and not the client's.
 */
export function closeForClient({ code, reason }: Close): Close {
  const isOurs = code === 4001 || (code === 1008 && aboutOurs.test(reason))
  return mayBeSent(code) && !isOurs ? { code, reason } : restart
}
