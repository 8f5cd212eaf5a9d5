// A stage for one program: a display, a session bus and a web driver of its own, and an empty home.

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Session, eventually } from './webdriver.mjs'

/** Everything that was started for one program, to be ended together. */
export class Stage {
  #home
  #children = []
  #environment

  /** Sets the stage: nothing of the person's own is touched, and what the program keeps vanishes with it. */
  static async set() {
    const stage = new Stage()
    try {
      stage.#home = await mkdtemp(join(tmpdir(), 'gradshot-window-'))
      stage.#environment = { ...process.env, ...homes(stage.#home), ...AUTOMATION, GRADSHOT_SILENT: '1' }
      delete stage.#environment.WAYLAND_DISPLAY
      const display = stage.#start('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'])
      stage.#environment.DISPLAY = `:${await firstLine(display)}`
      const bus = stage.#start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], 'ignore')
      stage.#environment.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus)
    } catch (error) {
      await stage.clear()
      throw error
    }
    return stage
  }

  /** Adds to what every program that is opened from now on finds in its environment. */
  tell(variables) {
    Object.assign(this.#environment, variables)
  }

  /** Opens the program on the stage. */
  async open(binary, args) {
    const port = await freePort()
    const driver = this.#start('WebKitWebDriver', [`--port=${port}`])
    const address = `http://127.0.0.1:${port}`
    await eventually('the driver answers', () => answers(driver, `${address}/status`))
    return Session.begin(address, binary, args)
  }

  /** A folder that vanishes with the stage. */
  async folder(name) {
    const folder = join(this.#home, name)
    await mkdir(folder, { recursive: true })
    return folder
  }

  /** Kills the program as a power cut would, found by the home that only this stage has. */
  async cutPower(binary) {
    for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const [exe, environment] = await Promise.all([
        readlink(`/proc/${id}/exe`).catch(() => ''),
        readFile(`/proc/${id}/environ`, 'utf8').catch(() => ''),
      ])
      if (exe === binary && environment.includes(`HOME=${this.#home}\0`)) process.kill(Number(id), 'SIGKILL')
    }
  }

  /** Ends everything, last started first. */
  async clear() {
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    }
    if (this.#home) await rm(this.#home, { recursive: true, force: true })
  }

  #start(program, args, complaints = 'inherit') {
    const child = spawn(program, args, { env: this.#environment, stdio: ['ignore', 'pipe', complaints] })
    this.#children.push(child)
    return child
  }
}

/** What Tauri's web view asks for before it lets itself be driven; no accessibility bus, no graphics card. */
const AUTOMATION = {
  TAURI_AUTOMATION: 'true',
  TAURI_WEBVIEW_AUTOMATION: 'true',
  NO_AT_BRIDGE: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
}

function homes(home) {
  return {
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
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
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)))
  })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function answers(driver, address) {
  if (driver.exitCode !== null) throw new Error(`the driver ended with ${driver.exitCode}`)
  try {
    return (await fetch(address)).ok
  } catch {
    return false // Not listening yet.
  }
}
