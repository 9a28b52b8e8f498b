/**
 * argon2id by the reference C code, compiled to WebAssembly (RFC 9106). One kept instance: 19 MiB, reused.
 * The package's own JavaScript counts characters where bytes are meant and cuts off what is not ASCII; only its
 * compiled module is used.
 */

export interface Cost {
  /** KiB */
  memory: number
  passes: number
  lanes: number
}

interface Exports {
  memory: WebAssembly.Memory
  _initialize(): void
  malloc(bytes: number): number
  free(at: number): void
  argon2_hash(
    passes: number,
    memory: number,
    lanes: number,
    password: number,
    passwordBytes: number,
    salt: number,
    saltBytes: number,
    hash: number,
    hashBytes: number,
    encoded: number,
    encodedBytes: number,
    type: number,
    version: number,
  ): number
}

const argon2idType = 2
const version = 0x13

/** Hashes with this module's one instance, made at the first use. */
export function argon2idOf(module: WebAssembly.Module) {
  let kept: Exports | undefined
  const instance = (): Exports => {
    if (!kept) {
      kept = new WebAssembly.Instance(module).exports as unknown as Exports
      kept._initialize()
    }
    return kept
  }

  /** @returns `length` bytes @throws when the memory cannot be had or the cost is out of bounds */
  return (password: Uint8Array, salt: Uint8Array, cost: Cost, length = 32): Uint8Array => {
    const wasm = instance()
    const heap = () => new Uint8Array(wasm.memory.buffer)
    const put = (bytes: Uint8Array): number => {
      const at = wasm.malloc(Math.max(1, bytes.length))
      if (at === 0) throw new Error('argon2: out of memory')
      heap().set(bytes, at)
      return at
    }
    const [passwordAt, saltAt, hashAt] = [put(password), put(salt), put(new Uint8Array(length))]
    try {
      const { memory, passes, lanes } = cost
      const code = wasm.argon2_hash(
        passes,
        memory,
        lanes,
        passwordAt,
        password.length,
        saltAt,
        salt.length,
        hashAt,
        length,
        0,
        0,
        argon2idType,
        version,
      )
      if (code !== 0) throw new Error(`argon2: error ${code}`)
      return heap().slice(hashAt, hashAt + length)
    } finally {
      heap().fill(0, passwordAt, passwordAt + password.length)
      for (const at of [passwordAt, saltAt, hashAt]) wasm.free(at)
    }
  }
}
