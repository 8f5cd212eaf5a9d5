// A server with invented students in line, in a process of its own: it can be stopped and started again where it was.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../target/debug/gradshot', import.meta.url))

export class Rehearsal {
  #folder
  #child
  #listen = '127.0.0.1:0'
  /** Address, pairing code and tickets, as they were at the first start. */
  invitation

  constructor(folder) {
    this.#folder = folder
  }

  /** Starts the server; the second time at the same address, with everything still there. */
  async start() {
    const args = ['rehearse', '--data', this.#folder, '--listen', this.#listen, '--students', '6']
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const invitation = JSON.parse(await firstLine(this.#child))
    this.invitation ??= invitation
    this.#listen = new URL(invitation.server).host
  }

  /** Stops the server at once, as a cut network looks from the desk. */
  async stop() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await ended
  }
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let heard = ''
    child.stdout.on('data', (data) => {
      heard += data
      const end = heard.indexOf('\n')
      if (end >= 0) resolve(heard.slice(0, end))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the rehearsal ended with ${code}`)))
  })
}
