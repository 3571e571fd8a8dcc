/** Client ids and modes of the protocol; a connect that names another one is refused. */
export const clientIds = [
  "webchat-ui",
  "openclaw-control-ui",
  "openclaw-browser-copilot",
  "openclaw-tui",
  "webchat",
  "cli",
  "gateway-client",
  "openclaw-macos",
  "openclaw-linux",
  "openclaw-ios",
  "openclaw-watchos",
  "openclaw-android",
  "node-host",
  "openclaw-worker",
  "test",
  "fingerprint",
  "openclaw-probe",
] as const

export const clientModes = ["webchat", "cli", "ui", "backend", "node", "worker", "probe", "test"] as const

type Claim = { readonly client: { readonly id: string; readonly mode: string }; readonly role?: string | undefined }

/** Whether the connect claims to be a worker; workers have an entrance of their own and get no answer here. */
export function isWorker({ client, role }: Claim): boolean {
  return role === "worker" || client.id === "openclaw-worker" || client.mode === "worker"
}

/** Whether the client can only be a page in a browser, which always names its origin. */
export function isBrowserPage({ client }: Claim): boolean {
  return (
    client.id === "openclaw-control-ui" ||
    client.id === "openclaw-browser-copilot" ||
    client.id === "webchat-ui" ||
    client.mode === "webchat"
  )
}

/** Whether the client is the control page or the terminal interface, which the protocol treats alike. */
export function isControlUi({ client }: Claim): boolean {
  return client.id === "openclaw-control-ui" || client.id === "openclaw-tui"
}
