import { TagIcon } from "lucide-react"
import { Badge } from "@/components/ui/badge"

/** The tags of a device, one beside the other. */
export function TagChips({ tags }: { tags: readonly string[] }) {
  return tags.map((tag) => (
    <Badge key={tag} title={`Tagged ${tag}`}>
      <TagIcon aria-hidden />
      {tag}
    </Badge>
  ))
}
