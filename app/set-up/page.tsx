import type { Metadata } from "next"
import { connection } from "next/server"
import { Door } from "@/components/door"
import { SetUp } from "./set-up"

export const metadata: Metadata = { title: "Set up" }

export default async function SetUpPage() {
  await connection()
  return (
    <Door>
      <SetUp />
    </Door>
  )
}
