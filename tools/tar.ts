import { closeSync, createReadStream, createWriteStream, fsyncSync, openSync, statSync } from "node:fs"
import { pipeline } from "node:stream/promises"
import { StartError } from "@/lib/store/start-error"

const blockBytes = 512
/** The size field of a plain tar header has eleven octal digits. */
const largestFile = 8 ** 11 - 1

/** Writes files into a new tar archive that only its owner can read, and has it on the disk when it returns. */
export async function writeTar(
  archive: string,
  entries: readonly { readonly name: string; readonly file: string }[],
  nowMs: number,
): Promise<void> {
  const target = createWriteStream(archive, { mode: 0o600, flags: "wx" })
  await pipeline(tarOf(entries, nowMs), target)
  const descriptor = openSync(archive, "r+")
  fsyncSync(descriptor)
  closeSync(descriptor)
}

async function* tarOf(
  entries: readonly { readonly name: string; readonly file: string }[],
  nowMs: number,
): AsyncGenerator<Buffer> {
  for (const { name, file } of entries) {
    const { size } = statSync(file)
    if (size > largestFile) throw new StartError(`${file} is larger than 8 GiB, which a plain archive cannot hold.`)
    yield header(name, size, nowMs)
    yield* createReadStream(file)
    yield Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes)
  }
  yield Buffer.alloc(2 * blockBytes)
}

/** A ustar header: fixed fields, numbers in octal, and the sum of its bytes counted with blanks in its own place. */
function header(name: string, size: number, nowMs: number): Buffer {
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0")
  block.write(name, 0, 100)
  block.write(octal(0o600, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(size, 11), 124)
  block.write(octal(Math.floor(nowMs / 1000), 11), 136)
  block.write(" ".repeat(8), 148)
  block.write("0", 156)
  block.write("ustar\0", 257)
  block.write("00", 263)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${octal(sum, 6)}\0 `, 148)
  return block
}
