// The desk's and the board's real windows, on a display of their own.

import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { Stage } from './stage.mjs'
import { eventually } from './webdriver.mjs'

const root = new URL('../../', import.meta.url)
const program = fileURLToPath(new URL('target/debug/gradshot-desktop', root))
const pictures = new URL('target/screenshots/', root)

let stage
let studio

before(async () => {
  stage = await Stage.set()
  studio = await stage.open(program, ['--demo'])
})

after(async () => {
  await studio?.end()
  await stage?.clear()
})

test('the desk opens with something on it', async () => {
  await studio.turnTo('desk')
  await keepPicture('window-desk')
  assert.match(await studio.text('body'), /\p{Script=Han}/u)
})

test('the board opens beside it', async () => {
  await studio.turnTo('board')
  await keepPicture('window-board')
  assert.match(await studio.text('body'), /\p{Script=Han}/u)
})

/** Waits until the page has drawn itself, then keeps its picture where a person finds it. */
async function keepPicture(name) {
  await eventually('the page has text', async () => (await studio.text('body')).trim() !== '')
  await mkdir(pictures, { recursive: true })
  await writeFile(new URL(`${name}.png`, pictures), await studio.picture())
}
