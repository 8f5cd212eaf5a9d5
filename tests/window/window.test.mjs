// The desk's and the board's real windows, on a display of their own, used as an operator uses them: by keys.

import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { Stage } from './stage.mjs'
import { ENTER, eventually } from './webdriver.mjs'

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

test('desk and board open with something on them', async () => {
  for (const page of ['desk', 'board']) {
    await studio.turnTo(page)
    await studio.find('main')
    await keepPicture(`window-${page}`)
    assert.match(await studio.text('main'), /\p{Script=Han}/u)
  }
})

test('a student is called, photographed, accepted and sent', async () => {
  await studio.turnTo('desk')
  await studio.press('n')
  const number = await studio.text('.person-bar .number')

  await studio.turnTo('board')
  await eventually(`the board calls ${number}`, () => shows('.calls', number))
  await keepPicture('window-board-called')

  await studio.turnTo('desk')
  await studio.type('.scan input', number)
  await studio.press(ENTER)
  await studio.find('.shutter:enabled')
  await studio.press(' ')
  await studio.find('.decide button:nth-of-type(2):enabled')
  await keepPicture('window-desk-portrait')

  await studio.press(ENTER)
  await eventually(`${number} waits for the student's yes`, () => shows('.shelf section:last-child', number))
  await keepPicture('window-desk-sent')
})

async function shows(selector, words) {
  return (await studio.text(selector)).includes(words)
}

/** Keeps a picture of the window where a person finds it. */
async function keepPicture(name) {
  await mkdir(pictures, { recursive: true })
  await writeFile(new URL(`${name}.png`, pictures), await studio.picture())
}
