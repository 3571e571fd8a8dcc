import type { Metadata } from "next"
import { connection } from "next/server"
import { Door } from "@/components/door"
import { PasswordLink } from "./password-link"

export const metadata: Metadata = { title: "Choose a password" }

export default async function LinkPage() {
  await connection()
  return (
    <Door>
      <PasswordLink />
    </Door>
  )
}
