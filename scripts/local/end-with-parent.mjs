/** Loaded first into every process that a command starts: when the command is gone, however it went, so is this. */
const second = 1_000 // ms
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, second).unref() // watching is no reason to go on
