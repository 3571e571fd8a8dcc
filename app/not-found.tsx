import { connection } from "next/server"
import { NotFoundPage } from "@/components/not-found-page"

// Rendered per request: a page made at build time knows no nonce, and the content policy would stop its scripts.
export default async function NotFound() {
  await connection()
  return (
    <main>
      <NotFoundPage />
    </main>
  )
}
