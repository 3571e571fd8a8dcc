import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { Door, DoorTitle } from "@/components/door"
import { Notice } from "@/components/ui/notice"
import { currentAdmin } from "@/lib/auth/admin"
import { returnPath } from "@/lib/auth/return-path"
import { loadDoor } from "@/lib/console/door"
import { SignInForm } from "./sign-in-form"

export const metadata: Metadata = { title: "Sign in" }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { next } = await searchParams
  const after = returnPath(typeof next === "string" ? next : null)
  if (await currentAdmin()) redirect(after)
  const { place, notice, hasOwner } = await loadDoor()
  return (
    <Door footnote={notice || "Lost your password? Ask an owner of this console for a new link."}>
      <DoorTitle title="Sign in">
        to the gate at <span className="font-medium whitespace-nowrap text-ink">{place}</span>
      </DoorTitle>
      {!hasOwner && (
        <Notice>
          Nobody can sign in yet. Open the set-up link that the server printed when it started; a restart prints a fresh
          one.
        </Notice>
      )}
      <SignInForm next={after} />
    </Door>
  )
}
