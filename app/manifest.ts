import type { MetadataRoute } from "next"
import { themeColors } from "@/components/theme"

/** What a browser needs to know to install the console. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Gatehouse",
    short_name: "Gatehouse",
    description: "Which devices may enter the gateway, and with what.",
    start_url: "/requests",
    scope: "/",
    display: "standalone",
    background_color: themeColors.light,
    theme_color: themeColors.light,
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [
      { name: "Requests", url: "/requests" },
      { name: "Devices", url: "/devices" },
    ],
  }
}
