import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { readTemplates, type TemplatesNow } from "@/lib/store/grant-templates"
import { currentStore } from "@/lib/store/instance"

/** The templates that approving offers. */
export async function loadTemplates(): Promise<TemplatesNow> {
  await requireAdmin("requests.see")
  return readTemplates(currentStore().db)
}
