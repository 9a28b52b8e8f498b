/** As much of Node's HTTP server as the failing mail service needs; all else here is typed for workerd. */
declare module 'node:http' {
  export interface IncomingMessage extends AsyncIterable<Uint8Array> {
    url?: string
    headers: Record<string, string>
  }
  export interface ServerResponse {
    writeHead(status: number, headers?: Record<string, string>): ServerResponse
    end(body?: string): void
    on(event: 'close', listener: () => void): void
    /** Drops the connection. */
    destroy(): void
  }
  export interface Server {
    listen(port: number, host: string, listening: () => void): void
    address(): { port: number }
    closeAllConnections(): void
    close(closed: () => void): void
  }
  export function createServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Server
}
