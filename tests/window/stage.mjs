// A stage for one program: a display, a session bus and a web driver of its own, and an empty home.

import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { Session, eventually } from './webdriver.mjs'

/** The server itself: what Debian has on the path asks who sits at the console. */
const XORG = '/usr/lib/xorg/Xorg'
const TWO_SCREENS = fileURLToPath(new URL('two-screens.conf', import.meta.url))

/** Everything that was started for one program, to be ended together. */
export class Stage {
  #home
  #children = []
  #environment

  /**
   * Sets the stage: nothing of the person's own is touched, and what the program keeps vanishes with it. With `outputs` the
   * display has screens that can be plugged in, and a window manager, as people have one.
   */
  static async set({ outputs = false } = {}) {
    const stage = new Stage()
    try {
      stage.#home = await mkdtemp(join(tmpdir(), 'gradshot-window-'))
      stage.#environment = { ...process.env, ...homes(stage.#home), ...AUTOMATION, GRADSHOT_SILENT: '1' }
      delete stage.#environment.WAYLAND_DISPLAY
      const display = outputs
        ? stage.#start(XORG, ['-displayfd', '1', '-config', TWO_SCREENS, '-logfile', join(stage.#home, 'display.log'), '-noreset', '-novtswitch', '-sharevts', '-nolisten', 'tcp'], 'ignore')
        : stage.#start('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'])
      stage.#environment.DISPLAY = `:${await firstLine(display)}`
      if (outputs) await stage.#manageWindows()
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

  /** Runs one of the display's own tools, and gives what it says. */
  async tool(program, ...args) {
    const { stdout } = await promisify(execFile)(program, args, { env: this.#environment })
    return stdout.trim()
  }

  /** Where the window of this title is; nothing while there is none. */
  async placeOf(title) {
    const [window] = await this.windowsOf(title)
    if (window === undefined) return undefined
    const said = await this.tool('xdotool', 'getwindowgeometry', '--shell', window).catch(() => '')
    const [x, y, width, height] = ['X', 'Y', 'WIDTH', 'HEIGHT'].map((name) => Number(said.match(new RegExp(`^${name}=(-?\\d+)$`, 'm'))?.[1]))
    return { x, y, width, height }
  }

  /** The display's names of the windows of this title that are to be seen. */
  async windowsOf(title) {
    const found = await this.tool('xdotool', 'search', '--onlyvisible', '--name', title).catch(() => '')
    return found.split('\n').filter(Boolean)
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

  async #manageWindows() {
    this.#start('openbox', ['--sm-disable'], 'ignore')
    const asked = () => this.tool('xdotool', 'get_num_desktops').then(() => true, () => false)
    await eventually('windows are managed', asked)
  }

  #start(program, args, complaints = 'inherit') {
    const child = spawn(program, args, { cwd: this.#home, env: this.#environment, stdio: ['ignore', 'pipe', complaints] })
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
