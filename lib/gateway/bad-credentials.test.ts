import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sharedToken } from "./testing"
import { type BadConnect, badInput } from "./wire-testing"

const fixture = badInput()
beforeAll(fixture.start)
afterAll(fixture.stop)

const closed1008 = { code: 1008 }
const unauthorized = (code: string, authReason: string, next: string) =>
  [
    { code: "INVALID_REQUEST", details: { code, authReason, recommendedNextStep: next } },
    { code: 1008, reason: expect.stringMatching(/^unauthorized: /) },
  ] as const
const noDevice = [
  { code: "NOT_PAIRED", details: { code: "DEVICE_IDENTITY_REQUIRED" } },
  { code: 1008, reason: "device identity required" },
] as const
const badScope = [
  { code: "INVALID_REQUEST", details: { code: "INVALID_SCOPE" } },
  { code: 1008, reason: "invalid scope" },
] as const
const badRole = [
  { code: "INVALID_REQUEST", message: "invalid role" },
  { code: 1008, reason: "invalid role" },
] as const
const long = "operator.x"

const cases: readonly BadConnect[] = [
  [
    "no credential at all",
    () => ({ auth: {} }),
    ...unauthorized("AUTH_TOKEN_MISSING", "token_missing", "update_auth_configuration"),
  ],
  [
    "a wrong shared token",
    () => ({ auth: { token: "wrong" } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "retry_with_device_token"),
  ],
  [
    "an empty shared token",
    () => ({ auth: { token: "" } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "retry_with_device_token"),
  ],
  [
    "the shared token with a space",
    () => ({ auth: { token: `${sharedToken} ` } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "retry_with_device_token"),
  ],
  [
    "a wrong password",
    () => ({ auth: { password: "wrong" } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "update_auth_credentials"),
  ],
  [
    "a wrong device token",
    () => ({ auth: { deviceToken: "wrong" } }),
    ...unauthorized("AUTH_DEVICE_TOKEN_MISMATCH", "device_token_mismatch", "update_auth_credentials"),
  ],
  [
    "the device token of another device",
    () => ({ auth: { deviceToken: fixture.friendsToken() } }),
    ...unauthorized("AUTH_DEVICE_TOKEN_MISMATCH", "device_token_mismatch", "update_auth_credentials"),
  ],
  [
    "the same in the field of the shared token",
    () => ({ auth: { token: fixture.friendsToken() } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "retry_with_device_token"),
  ],
  [
    "the shared token as device token",
    () => ({ auth: { deviceToken: sharedToken } }),
    ...unauthorized("AUTH_DEVICE_TOKEN_MISMATCH", "device_token_mismatch", "update_auth_credentials"),
  ],
  [
    "a device token for another role",
    () => ({ identity: fixture.friend, role: "node", scopes: [], auth: { deviceToken: fixture.friendsToken() } }),
    ...unauthorized("AUTH_DEVICE_TOKEN_MISMATCH", "device_token_mismatch", "update_auth_credentials"),
  ],
  [
    "a bootstrap token",
    () => ({ auth: { bootstrapToken: "b" } }),
    ...unauthorized("AUTH_BOOTSTRAP_TOKEN_INVALID", "bootstrap_token_invalid", "review_auth_configuration"),
  ],

  ["a node without device", () => ({ identity: null, role: "node", scopes: [] }), ...noDevice],
  ["an app without device", () => ({ identity: null, scopes: ["operator.admin"] }), ...noDevice],
  ["nobody: no device, no credential", () => ({ identity: null, auth: {} }), ...noDevice],
  [
    "the command line with a wrong secret",
    () => ({ identity: null, auth: { token: "wrong" }, client: { id: "cli", mode: "cli" } }),
    ...unauthorized("AUTH_TOKEN_MISMATCH", "token_mismatch", "update_auth_credentials"),
  ],
  [
    "the command line from a web page",
    () => ({ identity: null, client: { id: "cli", mode: "cli" }, headers: { Origin: "https://evil.example" } }),
    ...noDevice,
  ],
  [
    "the control page without device",
    () => ({
      identity: null,
      client: { id: "openclaw-control-ui", mode: "webchat" },
      headers: { Origin: "http://localhost" },
    }),
    { code: "INVALID_REQUEST", details: { code: "CONTROL_UI_DEVICE_IDENTITY_REQUIRED" } },
    closed1008,
  ],

  ["an unknown role", () => ({ role: "robot", scopes: [] }), ...badRole],
  ["an empty role", () => ({ role: "", scopes: [] }), ...badRole],
  ["a role named like a property", () => ({ role: "__proto__", scopes: [] }), ...badRole],
  ["a scope with a star", () => ({ scopes: ["operator.*"] }), ...badScope],
  ["a scope of another role", () => ({ scopes: ["node.run"] }), ...badScope],
  ["a prefix without name", () => ({ scopes: ["operator."] }), ...badScope],
  ["a scope without prefix", () => ({ scopes: ["admin"] }), ...badScope],
  ["a scope with bidirectional controls", () => ({ scopes: ["operator.\u202Eread"] }), ...badScope],
  ["one good scope and a bad one", () => ({ scopes: ["operator.read", "root"] }), ...badScope],
  ["a thousand scopes", () => ({ scopes: Array.from({ length: 1_000 }, (_, i) => `${long}${i}`) }), ...badScope],
]

describe("connects with a bad credential, no device, or a bad ask", () => {
  it.each(cases)("%s", (_what, options, error, close) => fixture.refuses(options(), error, close))
})
