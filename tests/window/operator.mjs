// The operator's hands at a desk's window: what is done for every student, in one place.

import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { ENTER, eventually } from './webdriver.mjs'

const root = new URL('../../', import.meta.url)
const pictures = new URL('target/screenshots/', root)

/** The desk's program. */
export const program = fileURLToPath(new URL('target/debug/gradshot-desktop', root))
/** The button that accepts a portrait. */
export const ACCEPT = '.decide button:nth-of-type(2)'

/** One operator at one desk, which belongs to the studio of a rehearsal's server. */
export class Operator {
  #desk
  #server

  constructor(desk, server) {
    this.#desk = desk
    this.#server = server
  }

  /** Types the pairing code, and waits for the first set-up. */
  async pair() {
    const { invitation } = this.#server
    await this.#desk.type('.pair-screen .code', invitation.pairing_code)
    await this.#desk.type('.pair-screen input[type=url]', invitation.server)
    await this.#desk.press(ENTER)
    await eventually('the first set-up is offered', () => this.#desk.shows('.side-panel', '示范照相馆'))
    await eventually('the queue is there', () => this.#desk.shows('.queue', invitation.tickets[0].number))
  }

  /** Puts the first set-up away. */
  async closeSetUp() {
    await this.#desk.click('.side-panel .foot button')
    await eventually('the set-up is gone', async () => !(await this.#desk.has('.side-panel')))
  }

  /** Calls the next student and scans the ticket. Gives the number. */
  async call() {
    await this.#desk.press('n')
    const number = await eventually('a number is called', () => this.#desk.text('.person-bar .number'))
    await this.scan(number)
    await eventually(`${number} has arrived`, () => this.#desk.has('.shutter'))
    return number
  }

  /** Scans the ticket with this number. */
  async scan(number) {
    await this.#desk.scan(this.#server.invitation.tickets.find((ticket) => ticket.number === number).token)
  }

  /** Shoots, and waits until the portrait may be accepted. */
  async photograph() {
    await this.#desk.find('.shutter:enabled')
    await this.#desk.press(' ')
    await this.#desk.find(`${ACCEPT}:enabled`)
  }

  /** Accepts, and waits until the next student may come. */
  async accept() {
    await this.#desk.press(ENTER)
    await eventually('the desk is free again', async () => !(await this.#desk.has('.person-bar .number')))
  }

  /** Keeps a picture of the window where a person finds it. */
  async keepPicture(name) {
    await keepPicture(this.#desk, name)
  }
}

/** Keeps a picture of a window where a person finds it. */
export async function keepPicture(window, name) {
  await mkdir(pictures, { recursive: true })
  await writeFile(new URL(`${name}.png`, pictures), await window.picture())
}
