import "server-only"
import { CredentialsSignin } from "next-auth"
import { SignInThrottled, signIn } from "./config"

export type Entered =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: "wrong-credentials" }
  | { readonly ok: false; readonly because: "throttled"; readonly retryAtMs: number }

/** Signs in with an address and a password: opens a session and sets its cookie on the answer. */
export async function enter({ email, password }: { email: string; password: string }): Promise<Entered> {
  try {
    await signIn("credentials", { email, password, redirect: false })
    return { ok: true }
  } catch (error) {
    if (error instanceof SignInThrottled) return { ok: false, because: "throttled", retryAtMs: error.retryAtMs }
    if (error instanceof CredentialsSignin) return { ok: false, because: "wrong-credentials" }
    throw error
  }
}
